# Textes de l’interface : français. Tous les catalogues ont les mêmes clés.
skip = Aller au texte
nav-main = Menu principal
nav-languages = Langues
nav-pages = Pages
nav-neighbours = Textes voisins
not-translated = pas encore traduit
words-in = texte : { $language }
fallback-notice = Ce texte n’est pas encore traduit. Le voici dans une autre langue :
theme = Clair ou sombre
copy = Copier
copied = Copié
copy-failed = Impossible de copier

contents = Sommaire
heading-link = Lien vers ce titre
latest = Derniers textes
essays-count = { $n ->
    [one] { $n } texte
   *[other] { $n } textes
}
archive = Archives
term-list = Mots-clés
tagged = Mots-clés

reading-time = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
updated = revu le { $date }
translated-by = Traduit par { $names }
draft = Brouillon
parallel = En regard
parallel-stale = Là où un trait figure en marge, l’original a changé depuis la traduction.
translation-stale = L’original a changé depuis cette traduction :
also-in = Aussi en
converted-from = Converti depuis :
video-title = Vidéo

earlier = Texte précédent
later = Texte suivant
mentioned-in = Mentionné dans

page-of = Page { $current } sur { $total }
page-newer = Page précédente
page-older = Page suivante

feed = Flux
made-with = Composé avec { $name }

not-found = Cette page n’est pas ici
not-found-text = Peut-être a-t-elle déménagé ; peut-être manque-t-il une lettre à l’adresse.
back-home = Retour à l’accueil

moved = Cette page a déménagé
moved-to = Elle se trouve maintenant à l’adresse

alert-note = Note
alert-info = Info
alert-tip = Astuce
alert-important = Important
alert-warning = Avertissement
alert-danger = Danger
alert-caution = Attention
alert-details = Détails
