# 介面文字：繁體中文。各語言目錄的鍵相同。
skip = 跳到正文
nav-main = 主導覽
nav-languages = 語言
nav-pages = 分頁
nav-neighbours = 前後文章
not-translated = 尚無譯文
words-in = 正文為 { $language }
fallback-notice = 這一篇尚無譯文，以下是另一種語言的文字：
theme = 切換深淺
copy = 複製
copied = 已複製
copy-failed = 未能複製

contents = 目錄
heading-link = 本節的連結
latest = 近作
essays-count = { $n } 篇
archive = 彙整
term-list = 標籤
tagged = 標籤

reading-time = { $n } 分鐘
updated = { $date }改定
translated-by = { $names } 譯
draft = 草稿
parallel = 對照閱讀
parallel-stale = 邊上有一道線的地方，原文在譯成之後有改動。
translation-stale = 原文在此譯文之後有改動：
also-in = 另有譯本
converted-from = 轉換自
video-title = 影片

earlier = 前一篇
later = 後一篇
mentioned-in = 提到本文的文章

page-of = 第 { $current } 頁，共 { $total } 頁
page-newer = 前一頁
page-older = 後一頁

feed = 訂閱
made-with = 用 { $name } 排成

not-found = 這一頁不在這裡
not-found-text = 也許它搬了家，也許地址少了一個字。
back-home = 回首頁

moved = 這一頁搬家了
moved-to = 新的地址是：

alert-note = 說明
alert-info = 資訊
alert-tip = 提示
alert-important = 重要
alert-warning = 警告
alert-danger = 危險
alert-caution = 小心
alert-details = 詳情
