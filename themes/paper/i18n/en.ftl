# Interface strings: English. All catalogues have the same keys.
skip = Skip to the text
nav-main = Main
nav-languages = Languages
nav-pages = Pages
nav-neighbours = Neighbouring essays
not-translated = not translated yet
words-in = text in { $language }
fallback-notice = This has not been translated yet. Here it is in another language:
theme = Light or dark
copy = Copy
copied = Copied
copy-failed = Could not copy

contents = Contents
heading-link = Link to this heading
latest = Latest
essays-count = { $n ->
    [one] { $n } essay
   *[other] { $n } essays
}
archive = Archive
term-list = Tags
tagged = Tags

reading-time = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
updated = revised { $date }
translated-by = Translated by { $names }
draft = Draft
parallel = Side by side
parallel-stale = The original has changed since it was translated, where a line stands at the side.
translation-stale = The original has changed since this translation:
also-in = Also in
converted-from = Converted from
video-title = Video

earlier = Previous
later = Next
mentioned-in = Mentioned in

page-of = Page { $current } of { $total }
page-newer = Previous page
page-older = Next page

feed = Feed
made-with = Set with { $name }

not-found = This page isn’t here
not-found-text = Perhaps it has moved; perhaps the address is a letter short.
back-home = Back to the first page

moved = This page has moved
moved-to = It now lives at

alert-note = Note
alert-info = Info
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-danger = Danger
alert-caution = Caution
alert-details = Details
