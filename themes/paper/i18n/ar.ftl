# نصوص الواجهة: العربية. مفاتيح الملفات كلّها واحدة.
skip = انتقل إلى النص
nav-main = القائمة الرئيسية
nav-languages = اللغات
nav-pages = الصفحات
nav-neighbours = مقالات مجاورة
not-translated = لم يُترجَم بعد
words-in = النص: { $language }
fallback-notice = لم يُترجَم هذا النص بعد. وهو هنا بلغة أخرى:
theme = فاتح أو داكن
copy = نسخ
copied = نُسخ
copy-failed = تعذّر النسخ

contents = المحتويات
heading-link = رابط إلى هذا العنوان
latest = أحدث المقالات
essays-count = { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $n } مقالات
    [many] { $n } مقالةً
   *[other] { $n } مقالة
}
archive = الأرشيف
term-list = الوسوم
tagged = الوسوم

reading-time = { $n ->
    [zero] أقلّ من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقةً
   *[other] { $n } دقيقة
}
updated = نُقّحت في { $date }
translated-by = ترجمة { $names }
draft = مسوّدة
parallel = النصان جنبًا إلى جنب
parallel-stale = حيث يظهر خط على الجانب تغيّر النص الأصلي بعد ترجمته.
translation-stale = تغيّر النص الأصلي بعد هذه الترجمة:
also-in = بلغات أخرى:
converted-from = محوَّل من
video-title = مقطع مرئي

earlier = المقالة السابقة
later = المقالة التالية
mentioned-in = ذُكرت في

page-of = الصفحة { $current } من { $total }
page-newer = الصفحة السابقة
page-older = الصفحة التالية

feed = الخلاصة
made-with = نُضّد باستخدام { $name }

not-found = هذه الصفحة ليست هنا
not-found-text = لعلّها انتقلت إلى مكان آخر، ولعلّ العنوان ينقصه حرف.
back-home = العودة إلى الصفحة الأولى

moved = انتقلت هذه الصفحة
moved-to = عنوانها الآن:

alert-note = ملاحظة
alert-info = معلومات
alert-tip = نصيحة
alert-important = مهم
alert-warning = تحذير
alert-danger = خطر
alert-caution = تنبيه
alert-details = التفاصيل
