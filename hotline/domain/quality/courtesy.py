"""How the customer is treated: whoever complains hears an apology (C12), and is addressed by the surname (C13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotline.domain.quality.material import Finding, JudgedTalk
from hotline.domain.quality.pinyin import Match, Syllable, all_matches, best_match, sounds, syllables
from hotline.domain.quality.rules import Apology, Rules, Surname
from hotline.domain.quality.said import Said, said_in
from hotline.domain.recordings.transcript import Word

#: What stands before 先生 without being a surname.
_NO_SURNAMES = frozenset("位个的了您你他她好吗是请问这那和或")
#: The sounds of the commonest surnames, which nearly everybody has.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
)


def apology(talk: JudgedTalk, rule: Apology, rules: Rules) -> Iterator[Finding]:
    """C12, of the one who had the customer last; what was said by those before counts as well."""
    if talk.our_words is None or not talk.complaint or not talk.last:
        return
    own = said_in(talk, talk.span, rules)
    earlier = [word for word in talk.our_words if any(each.covers(word.start) for each in talk.before)]
    now = [word for word in talk.our_words if talk.span.covers(word.start) and not _held(talk, word)]
    match = best_match(syllables([*earlier, *now]), "|".join(rule.phrases))
    found = match is not None and match.similarity >= rule.similarity
    yield Finding(
        "C12",
        "apology",
        not found,
        found or own.tells_what_is_missing(rules.least_confidence),
        match.similarity if match else 0.0,
        rule.similarity,
        *(_where(match) if match and found else own.evidence),
        round(own.confidence, 3),
        match.words if match and found else "",
        "" if found else " / ".join(rule.phrases),
    )


def surname(talk: JudgedTalk, rule: Surname, rules: Rules) -> Iterator[Finding]:
    """C13, of the one who has the customer first. Who says it has no need to ask."""
    if talk.our_words is None or talk.transferred_in or talk.span.seconds < rule.least_seconds:
        return
    said = said_in(talk, talk.span, rules)
    asked = all_matches(said.syllables, rule.asked, rule.similarity)
    used = _addressed(said.syllables, rule)
    yield _one("surname_asked", asked or used, said, rule.asked, rules)
    if asked or used:
        yield _one("surname_used", used, said, " / ".join(rule.titles), rules)


def _one(kind: str, matches: Sequence[Match], said: Said, wanted: str, rules: Rules) -> Finding:
    return Finding(
        "C13",
        kind,
        not matches,
        bool(matches) or said.tells_what_is_missing(rules.least_confidence),
        float(len(matches)),
        1.0,
        *(_where(matches[0]) if matches else said.evidence),
        round(said.confidence, 3),
        matches[0].words if matches else "",
        "" if matches else wanted,
    )


def _addressed(said: Sequence[Syllable], rule: Surname) -> list[Match]:
    """Each surname with a title; the recogniser may write another surname of the same sound."""
    known = {sound for character in _SURNAMES for sound in sounds(character)}
    found = [
        Match(1.0, (before, *said[at : at + len(wanted)]))
        for title in rule.titles
        for wanted in [sounds(title)]
        for at, before in _places(said)
        if tuple(each.sound for each in said[at : at + len(wanted)]) == wanted
        and before.sound in known
        and before.character not in _NO_SURNAMES
    ]
    return sorted(found, key=lambda match: match.start)


def _held(talk: JudgedTalk, word: Word) -> bool:
    """A prompt says it, nobody of ours."""
    return any(hold.covers(word.start) for hold in talk.holds)


def _places(said: Sequence[Syllable]) -> Iterator[tuple[int, Syllable]]:
    """Each place but the first, with the syllable before it."""
    return ((at, before) for at, (before, _here) in enumerate(pairwise(said), 1))


def _where(match: Match) -> tuple[float, float]:
    return round(match.start, 2), round(match.end, 2)
