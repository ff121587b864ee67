//! What the generated essays talk about. Word lists and sentence patterns in both languages; `{n}`, `{v}`, `{a}`, `{p}` in a
//! pattern are replaced by a noun, a verb, an adjective or a place.

use crate::rng::Rng;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) nouns: &'static [&'static str],
    pub(crate) verbs: &'static [&'static str],
    pub(crate) adjectives: &'static [&'static str],
    pub(crate) places: &'static [&'static str],
    pub(crate) sentences: &'static [&'static str],
    /// Sentences of emphasis, with their stop inside, as Chinese authors type them.
    pub(crate) strong: &'static [&'static str],
    pub(crate) headings: &'static [&'static str],
    pub(crate) titles: &'static [&'static str],
    pub(crate) tags: &'static [&'static str],
    pub(crate) series: &'static [&'static str],
    pub(crate) sections: &'static [(&'static str, &'static str)],
    /// What stands between two sentences: a space in English, nothing in Chinese.
    pub(crate) gap: &'static str,
}

pub(crate) static ZH: Words = Words {
    nouns: &[
        "茶杯", "窗户", "火车", "旧书", "邻居", "雨伞", "钟声", "地图", "月亮", "信封", "厨房", "楼梯", "字典", "海风", "小巷", "石桥", "菜市场", "收音机",
        "自行车", "黑板", "棋盘", "灯光", "照片", "桌子", "河水", "铅笔", "日历", "屋檐", "面包", "影子", "手稿", "报纸", "旅馆", "码头", "种子", "毛衣",
    ],
    verbs: &[
        "想起", "记得", "寻找", "等待", "修理", "抄写", "翻译", "打量", "收藏", "忘记", "丈量", "描述", "擦拭", "推开", "路过", "编织", "朗读", "比较",
    ],
    adjectives: &[
        "安静", "陈旧", "明亮", "缓慢", "潮湿", "固执", "温和", "细小", "笨拙", "诚实", "空旷", "偶然", "锋利", "漫长", "清楚", "含糊",
    ],
    places: &["南方的小城", "图书馆二楼", "渡口", "车站", "山脚下", "旧货市场", "北方的冬天", "阳台", "学校后门", "电影院", "河对岸", "邮局"],
    sentences: &[
        "我在{p}第一次{v}这件{n}，那时候并不知道它会留这么久。",
        "人们总说{n}是{a}的，可是没有人真的{v}过它。",
        "如果把{n}放在{p}，它就会变得{a}起来，好像从来如此。",
        "后来我{v}了许多年，才明白{n}和{n}之间隔着什么。",
        "“你为什么要{v}它呢？”他问，语气很{a}。",
        "一件{n}要变得{a}，往往只需要一个下午；要变回去，却要一辈子。",
        "{p}的{n}，和别处的不一样：它更{a}，也更经得起看。",
        "每到秋天，我都会{v}那只{n}，顺便{v}一下{p}。",
        "写下来的{n}就不再是原来的{n}了，它有了自己的{a}。",
        "有时候最{a}的办法，就是什么也不做，只是{v}。",
        "母亲说，{n}这种东西，越{v}越少；父亲不同意，他觉得恰恰相反。",
        "在《{n}小史》里，作者用了整整一章来{v}它，读来十分{a}。",
        "那天下着雨，{p}空无一人，只有{n}还亮着。",
        "我问过三个人，三个人都说{n}很{a}——可他们说的不是同一件{n}。",
        "与其{v}一百次，不如{a}地坐一会儿……{n}自己会走过来。",
        "这大概就是{n}的好处：它不催你，也不等你。",
        "数一数，从2003年到今天，{n}换了7次，{p}却没有变。",
        "换句话说，{a}并不是{n}的缺点，而是它的脾气。",
    ],
    strong: &[
        "真正{a}的{n}，从来不需要解释。",
        "不要{v}别人的{n}。",
        "“{n}是{a}的！”",
        "{n}的问题，其实是{p}的问题：",
        "先{v}，再{v}，最后才是{n}。",
        "「{a}」",
        "《{n}与{n}》",
    ],
    headings: &["{n}从哪里来", "关于{v}", "{a}的代价", "{p}的一天", "为什么是{n}", "{n}与{n}", "三个例子", "反过来说", "一点补充", "怎样{v}一件{n}", "{a}，以及别的"],
    titles: &["{a}的{n}", "在{p}{v}", "{n}札记", "{n}与{n}之间", "论{a}", "{v}的人", "一件{n}的一生", "{p}来信", "给{n}的说明书", "再{v}一次"],
    tags: &["写作", "阅读", "生活", "旅行", "技术", "翻译", "历史", "建筑", "食物", "电影", "城市", "语言", "手工", "天气", "音乐", "C/C++"],
    series: &["慢读笔记", "厨房里的物理", "渡口来信"],
    sections: &[("notes", "札记"), ("essays", "长文"), ("travel", "行旅"), ("craft", "手艺"), ("letters", "书信"), ("reading", "读书")],
    gap: "",
};

pub(crate) static EN: Words = Words {
    nouns: &[
        "teacup", "window", "train", "ledger", "neighbour", "umbrella", "bell", "map", "moon", "envelope", "kitchen", "staircase", "dictionary", "harbour",
        "lane", "bridge", "market", "radio", "bicycle", "blackboard", "lamp", "photograph", "table", "river", "pencil", "calendar", "doorway", "loaf", "shadow",
        "manuscript", "newspaper", "hotel", "seed", "sweater",
    ],
    verbs: &[
        "remember", "look for", "wait for", "repair", "copy out", "translate", "consider", "collect", "forget", "measure", "describe", "polish", "open", "pass",
        "mend", "read aloud", "compare",
    ],
    adjectives: &[
        "quiet", "worn", "bright", "slow", "damp", "stubborn", "gentle", "small", "clumsy", "honest", "empty", "accidental", "sharp", "long", "plain", "vague",
    ],
    places: &[
        "a southern town", "the second floor of the library", "the ferry landing", "the station", "the foot of the hill", "the flea market", "the balcony",
        "the school gate", "the old cinema", "the far bank", "the post office",
    ],
    sentences: &[
        "I first came across the {n} at {p}, and did not know then how long it would stay.",
        "People like to say that a {n} is {a}, although few of them ever stopped to {v} one.",
        "Put a {n} in {p} and it turns {a} at once, as if it had never been anything else.",
        "It took years to {v} it, and longer to see what lies between a {n} and a {n}.",
        "“Why would you {v} it?” he asked, in a voice that was almost {a}.",
        "To make a {n} {a} takes an afternoon; to undo it takes the rest of one’s life.",
        "The {n} at {p} is not like the others: it is {a}, and it bears looking at.",
        "Every autumn I {v} the {n}, and on the way home I {v} {p} as well.",
        "A {n} that has been written down is no longer the same {n}; it has a {a} life of its own.",
        "Sometimes the most {a} thing to do is nothing at all, only to {v}.",
        "My mother held that the more you {v} a {n}, the less of it there is; my father disagreed.",
        "In *A Short History of the {n}* a whole chapter is spent on how to {v} it, and it is surprisingly {a}.",
        "It was raining, {p} was deserted, and only the {n} was still lit.",
        "I asked three people and all three called the {n} {a} — but they did not mean the same {n}.",
        "Rather than {v} it a hundred times, sit down and be {a} for a while.",
        "That may be the good of a {n}: it neither hurries you nor waits.",
        "Between 2003 and now the {n} was replaced 7 times, while {p} stayed as it was.",
        "In other words, being {a} is not the fault of the {n} but its temper.",
    ],
    strong: &[
        "A truly {a} {n} needs no explanation.",
        "Never {v} somebody else’s {n}.",
        "The trouble with the {n} is the trouble with {p}:",
        "First {v}, then {v}, and only then the {n}.",
        "a {n}, however {a}",
    ],
    headings: &[
        "Where the {n} comes from",
        "On learning to {v}",
        "The price of being {a}",
        "A day at {p}",
        "Why a {n}",
        "The {n} and the {n}",
        "Three examples",
        "The other way round",
        "A postscript",
        "How to {v} a {n}",
    ],
    titles: &[
        "The {a} {n}",
        "Notes on a {n}",
        "Between the {n} and the {n}",
        "On being {a}",
        "The life of a {n}",
        "A letter from {p}",
        "Instructions for a {n}",
        "How not to {v} a {n}",
    ],
    tags: &[
        "writing", "reading", "life", "travel", "technology", "translation", "history", "architecture", "food", "film", "cities", "language", "craft",
        "weather", "music", "C/C++",
    ],
    series: &["Slow Reading", "Kitchen Physics", "Letters from the Ferry"],
    sections: &[
        ("notes", "Notes"),
        ("essays", "Essays"),
        ("travel", "Travel"),
        ("craft", "Craft"),
        ("letters", "Letters"),
        ("reading", "Reading"),
    ],
    gap: " ",
};

impl Words {
    /// A pattern with its slots filled.
    pub(crate) fn fill(&self, rng: &mut Rng, pattern: &str) -> String {
        let mut text = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            text.push_str(&rest[..at]);
            let list = match rest.as_bytes().get(at + 1) {
                Some(b'n') => self.nouns,
                Some(b'v') => self.verbs,
                Some(b'a') => self.adjectives,
                _ => self.places,
            };
            text.push_str(rng.pick(list));
            rest = &rest[(at + 3).min(rest.len())..];
        }
        text.push_str(rest);
        text
    }

    /// One of some patterns, filled.
    pub(crate) fn say(&self, rng: &mut Rng, patterns: &[&str]) -> String {
        let pattern = rng.pick(patterns);
        self.fill(rng, pattern)
    }
}
