# 画面の文言：日本語。どの言語のファイルも同じキーをもつ。
skip = 本文へ移動
nav-main = メインメニュー
nav-languages = 言語
nav-pages = ページ送り
nav-neighbours = 前後の記事
not-translated = 未訳
words-in = 本文は { $language }
fallback-notice = この文章はまだ翻訳されていません。別の言語の本文を掲載します：
theme = 明暗の切り替え
copy = コピー
copied = コピーしました
copy-failed = コピーできませんでした

contents = 目次
heading-link = この見出しへのリンク
latest = 最近の記事
essays-count = { $n }篇
archive = アーカイブ
term-list = タグ
tagged = タグ

reading-time = { $n }分
updated = { $date }改訂
translated-by = 訳：{ $names }
draft = 下書き
parallel = 対訳で読む
parallel-stale = 線のある箇所は、翻訳の後に原文が変更されています。
translation-stale = この翻訳の後、原文に変更がありました：
also-in = ほかの言語：
converted-from = 変換元：
video-title = 動画

earlier = 前の記事
later = 次の記事
mentioned-in = この記事に触れた記事

page-of = { $total }ページ中{ $current }ページ目
page-newer = 前のページ
page-older = 次のページ

feed = フィード
made-with = { $name }で組版

not-found = このページはここにありません
not-found-text = 移転したのかもしれません。アドレスが一文字足りないのかもしれません。
back-home = 最初のページへ戻る

moved = このページは移転しました
moved-to = 新しいアドレス：

alert-note = 補足
alert-info = 情報
alert-tip = ヒント
alert-important = 重要
alert-warning = 警告
alert-danger = 危険
alert-caution = 注意
alert-details = 詳細
