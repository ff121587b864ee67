# Oberflächentexte: Deutsch. Alle Kataloge haben dieselben Schlüssel.
skip = Zum Text springen
nav-main = Hauptmenü
nav-languages = Sprachen
nav-pages = Seiten
nav-neighbours = Benachbarte Texte
not-translated = noch nicht übersetzt
words-in = Text: { $language }
fallback-notice = Diesen Text gibt es noch nicht in dieser Sprache. Hier ist er in einer anderen:
theme = Hell oder dunkel
copy = Kopieren
copied = Kopiert
copy-failed = Kopieren nicht möglich

contents = Inhalt
heading-link = Link zu dieser Überschrift
latest = Zuletzt erschienen
essays-count = { $n ->
    [one] { $n } Text
   *[other] { $n } Texte
}
archive = Archiv
term-list = Schlagwörter
tagged = Schlagwörter

reading-time = { $n ->
    [one] { $n } Minute
   *[other] { $n } Minuten
}
updated = überarbeitet am { $date }
translated-by = Übersetzt von { $names }
draft = Entwurf
parallel = Nebeneinander lesen
parallel-stale = Wo am Rand eine Linie steht, wurde das Original seit der Übersetzung geändert.
translation-stale = Das Original wurde seit dieser Übersetzung geändert:
also-in = Auch auf
converted-from = Umgewandelt aus
video-title = Video

earlier = Voriger Text
later = Nächster Text
mentioned-in = Erwähnt in

page-of = Seite { $current } von { $total }
page-newer = Vorige Seite
page-older = Nächste Seite

feed = Feed
made-with = Gesetzt mit { $name }

not-found = Diese Seite gibt es hier nicht
not-found-text = Vielleicht ist sie umgezogen; vielleicht fehlt der Adresse ein Buchstabe.
back-home = Zurück zur Startseite

moved = Diese Seite ist umgezogen
moved-to = Sie steht jetzt unter

alert-note = Hinweis
alert-info = Info
alert-tip = Tipp
alert-important = Wichtig
alert-warning = Warnung
alert-danger = Gefahr
alert-caution = Vorsicht
alert-details = Details
