# 界面文字：简体中文。各语言目录的键相同。
skip = 跳到正文
nav-main = 主导航
nav-languages = 语言
nav-pages = 分页
nav-neighbours = 前后文章
not-translated = 尚无译文
words-in = 正文为 { $language }
fallback-notice = 这一篇尚无译文，以下是另一种语言的文字：
theme = 切换深浅
copy = 复制
copied = 已复制
copy-failed = 未能复制

contents = 目录
heading-link = 本节的链接
latest = 近作
essays-count = { $n } 篇
archive = 归档
term-list = 标签
tagged = 标签

reading-time = { $n } 分钟
updated = { $date }改定
translated-by = { $names } 译
draft = 草稿
parallel = 对照阅读
parallel-stale = 边上有一道线的地方，原文在译成之后有改动。
translation-stale = 原文在此译文之后有改动：
also-in = 另有译本
converted-from = 转换自
video-title = 视频

earlier = 前一篇
later = 后一篇
mentioned-in = 提到本文的文章

page-of = 第 { $current } 页，共 { $total } 页
page-newer = 前一页
page-older = 后一页

feed = 订阅
made-with = 用 { $name } 排成

not-found = 这一页不在这里
not-found-text = 也许它搬了家，也许地址少了一个字。
back-home = 回首页

moved = 这一页搬家了
moved-to = 新的地址是：

alert-note = 说明
alert-info = 信息
alert-tip = 提示
alert-important = 重要
alert-warning = 警告
alert-danger = 危险
alert-caution = 小心
alert-details = 详情
