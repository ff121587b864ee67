# Textos de la interfaz: español. Todos los catálogos tienen las mismas claves.
skip = Ir al texto
nav-main = Menú principal
nav-languages = Idiomas
nav-pages = Páginas
nav-neighbours = Textos vecinos
not-translated = aún sin traducir
words-in = texto: { $language }
fallback-notice = Este texto aún no está traducido. Aquí está en otra lengua:
theme = Claro u oscuro
copy = Copiar
copied = Copiado
copy-failed = No se pudo copiar

contents = Índice
heading-link = Enlace a este título
latest = Últimos textos
essays-count = { $n ->
    [one] { $n } texto
   *[other] { $n } textos
}
archive = Archivo
term-list = Etiquetas
tagged = Etiquetas

reading-time = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
updated = revisado el { $date }
translated-by = Traducción de { $names }
draft = Borrador
parallel = En paralelo
parallel-stale = Donde hay una línea al margen, el original ha cambiado desde la traducción.
translation-stale = El original ha cambiado desde esta traducción:
also-in = También en
converted-from = Convertido de:
video-title = Vídeo

earlier = Texto anterior
later = Texto siguiente
mentioned-in = Mencionado en

page-of = Página { $current } de { $total }
page-newer = Página anterior
page-older = Página siguiente

feed = Suscripción
made-with = Compuesto con { $name }

not-found = Esta página no está aquí
not-found-text = Quizá se haya mudado; quizá a la dirección le falte una letra.
back-home = Volver al inicio

moved = Esta página se ha mudado
moved-to = Ahora está en

alert-note = Nota
alert-info = Información
alert-tip = Consejo
alert-important = Importante
alert-warning = Advertencia
alert-danger = Peligro
alert-caution = Precaución
alert-details = Detalles
