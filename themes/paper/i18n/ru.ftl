# Строки интерфейса: русский. Ключи во всех каталогах одни и те же.
skip = Перейти к тексту
nav-main = Главное меню
nav-languages = Языки
nav-pages = Страницы
nav-neighbours = Соседние тексты
not-translated = пока не переведено
words-in = текст: { $language }
fallback-notice = Этот текст пока не переведён. Вот он на другом языке:
theme = Светлая или тёмная тема
copy = Скопировать
copied = Скопировано
copy-failed = Не удалось скопировать

contents = Содержание
heading-link = Ссылка на этот заголовок
latest = Новое
essays-count = { $n ->
    [one] { $n } текст
    [few] { $n } текста
    [many] { $n } текстов
   *[other] { $n } текста
}
archive = Архив
term-list = Темы
tagged = Темы

reading-time = { $n ->
    [one] { $n } минута
    [few] { $n } минуты
    [many] { $n } минут
   *[other] { $n } минуты
}
updated = исправлено { $date }
translated-by = Перевод: { $names }
draft = Черновик
parallel = Рядом с переводом
parallel-stale = Там, где на полях стоит черта, оригинал изменился после перевода.
translation-stale = Оригинал изменился после этого перевода:
also-in = На других языках:
converted-from = Преобразовано из:
video-title = Видео

earlier = Предыдущий текст
later = Следующий текст
mentioned-in = Упоминается в текстах

page-of = Страница { $current } из { $total }
page-newer = Предыдущая страница
page-older = Следующая страница

feed = Лента
made-with = Набрано в { $name }

not-found = Здесь нет такой страницы
not-found-text = Возможно, она переехала, а может быть, в адресе не хватает буквы.
back-home = На главную

moved = Страница переехала
moved-to = Теперь она здесь:

alert-note = Примечание
alert-info = Информация
alert-tip = Совет
alert-important = Важно
alert-warning = Предупреждение
alert-danger = Опасно
alert-caution = Осторожно
alert-details = Подробности
