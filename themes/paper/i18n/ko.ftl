# 화면 문구: 한국어. 모든 언어의 파일은 같은 키를 가진다.
skip = 본문으로 건너뛰기
nav-main = 주 메뉴
nav-languages = 언어
nav-pages = 쪽 이동
nav-neighbours = 앞뒤 글
not-translated = 아직 번역되지 않음
words-in = 본문: { $language }
fallback-notice = 이 글은 아직 번역되지 않았습니다. 다른 언어의 글을 싣습니다:
theme = 밝게 또는 어둡게
copy = 복사
copied = 복사했습니다
copy-failed = 복사하지 못했습니다

contents = 차례
heading-link = 이 제목으로 가는 링크
latest = 최근 글
essays-count = 글 { $n }편
archive = 지난 글
term-list = 태그
tagged = 태그

reading-time = { $n }분
updated = { $date } 고침
translated-by = { $names } 옮김
draft = 초고
parallel = 나란히 읽기
parallel-stale = 옆에 줄이 있는 곳은 번역 이후 원문이 바뀐 곳입니다.
translation-stale = 이 번역 이후 원문이 바뀌었습니다:
also-in = 다른 언어:
converted-from = 변환 원본:
video-title = 동영상

earlier = 이전 글
later = 다음 글
mentioned-in = 이 글을 언급한 글

page-of = { $total }쪽 중 { $current }쪽
page-newer = 이전 쪽
page-older = 다음 쪽

feed = 피드
made-with = { $name }(으)로 조판

not-found = 이 쪽은 여기에 없습니다
not-found-text = 다른 곳으로 옮겨 갔거나, 주소에서 한 글자가 빠졌을지도 모릅니다.
back-home = 첫 쪽으로 돌아가기

moved = 이 쪽은 옮겨 갔습니다
moved-to = 새 주소:

alert-note = 참고
alert-info = 정보
alert-tip = 팁
alert-important = 중요
alert-warning = 경고
alert-danger = 위험
alert-caution = 주의
alert-details = 자세히
