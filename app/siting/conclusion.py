"""Conclusion: the answer in a few sentences. It may be that no document places the industry anywhere."""

from collections.abc import Callable, Sequence
from typing import Any

from app.evidence.tiers import placement, subjects_that_place
from app.siting.criteria.base import texts_of
from app.siting.criteria.industry import asked_name, fits_of, is_term, quoted
from app.siting.evaluation import Evaluation
from app.siting.fit import is_direct
from app.siting.uncertainty import Uncertainty
from app.siting.words import Words, fill, joined

TEXTS = texts_of(
    unread=(
        "没有读懂“{words}”，而它会改变答案，所以不排名次；以下只按“{asked}”列出相关的地方",
        "“{words}” was not read, and it decides, so nobody is ranked; what follows is related to “{asked}” only",
    ),
    taken=("“{words}”按“{names}”查", "“{words}” was looked up as “{names}”"),
    direct=(
        "其中 {count} 处点名它本身或其中一部分，其余点名的是包含它的产业",
        "{count} of them by its own name or that of a part of it, the others by what contains it",
    ),
    indirect=("点名的都是包含它的产业", "all of them by what contains it"),
    nowhere=("没有文件把“{asked}”布局到任何园区", "no document places “{asked}” in any park"),
    nowhere_left=(
        "符合条件的地方里，没有文件布局“{asked}”的园区；不加条件时文件布局到{parks}",
        "of the places that meet the conditions, none is a park where a document places “{asked}”; without conditions "
        "documents place it in {parks}",
    ),
    around=(
        "文件把“{asked}”布局到{places}，未细分到园区",
        "documents place “{asked}” in {places} as a whole, in none of its parks",
    ),
    first=("首选{leaders}（{score} 分）", "first: {leaders} ({score} points)"),
    level=(
        "并列首选{leaders}（不分先后），差距小于不确定性所能分辨",
        "first on a level, in no order: {leaders}; their lead is less than the uncertainty can tell apart",
    ),
    placed=("文件把“{asked}”布局到 {count} 处园区", "documents place “{asked}” in {count} park(s)"),
    placed_left=(
        "文件把“{asked}”布局到 {count} 处符合条件的园区",
        "documents place “{asked}” in {count} park(s) that meet the conditions",
    ),
    all_of=("其中 {count} 处对各项产业都有布局", "in {count} of them all the industries asked for"),
    none_all=("没有一处对各项产业都有布局", "in none of them all the industries asked for"),
    areas=("和 {count} 处园区内的片区", "and in {count} functional area(s) of parks"),
    possible=("其中 {count} 处只是可能符合条件", "{count} of them only may meet the conditions"),
    only_possible=(
        "没有确定符合条件的园区；文件把“{asked}”布局到的地方里，{names}可能符合，原因见下，请自行取舍",
        "no park meets the conditions for sure; of those where documents place “{asked}”, {names} may, for the reasons "
        "given, which is for you to decide",
    ),
    elsewhere=(
        "文件还点名{names}，图上没有画出或没有画全其园区",
        "documents also name {names}, whose parks are not drawn, or not all of them",
    ),
    more=("{names}等 {count} 处", "{names} and more, {count} in all"),
    stuck=("“{rule}”去掉了最后的候选", "“{rule}” removes the last candidate"),
    place_whole=(
        "文件把“{asked}”布局到{name}，未细分到其中的园区",
        "documents place “{asked}” in {name} as a whole, in none of its parks",
    ),
    place_itself=("文件把“{asked}”布局于此", "a document places “{asked}” here"),
    place_surrounding=(
        "文件只把“{asked}”布局到所在的区域，未细分到此处",
        "documents place “{asked}” in the area around it only, not here",
    ),
    place_related=(
        "文件没有把“{asked}”布局于此，只提到相关产业",
        "no document places “{asked}” here; related industries are named",
    ),
    place_not_named=(
        "没有文件把“{asked}”或其相关产业列入此处",
        "no document names this place with “{asked}” or anything related",
    ),
    place_out=("此处不符合所提条件", "this place does not meet the conditions"),
    better=("更合适的有{names}", "more suitable: {names}"),
    stable=(
        "稳：在 {draws} 次同时变动本服务设定的试算中，{name}有 {share}% 居首，另一种方法（TOPSIS）也以它为先",
        "stable: in {share} % of {draws} draws in which all that is ours varies, {name} is first; so it is by a second "
        "method (TOPSIS)",
    ),
    level_says=(
        "不稳：{names}的差距小于不确定性，文件不足以分出先后",
        "not stable: the lead among {names} is less than the uncertainty; the documents do not part them",
    ),
    topsis=(
        "不稳：另一种方法（TOPSIS）以{name}为先",
        "not stable: a second method (TOPSIS) has {name} first",
    ),
    alone=("只有{name}一处在列，没有可比的", "{name} is alone; there is nothing to compare it with"),
    turned=(
        "单独变动{assumption}，{share}% 的试算改变首位",
        "varying {assumption} alone turns the first place in {share} % of the draws",
    ),
    weights=("权重", "weights"),
    relations=("产业关系的系数", "factors of relations"),
    standings=("地位的系数", "factors of ranks and standings"),
    curves=("价值曲线", "value functions"),
    accuracy=("图形误差", "errors of outlines"),
)  # fmt: skip

_MOST_LEADERS = 5


def asked_words(evaluation: Evaluation) -> Words:
    """Return the industries as they were asked for, by their names where the words are people's own."""
    record = evaluation.survey.record
    return joined([asked_name(record, demand) for demand in evaluation.survey.question.demands])


def conclusion(
    evaluation: Evaluation, uncertain: Uncertainty | None, elsewhere: Sequence[dict[str, Any]], last_rule: Words | None
) -> Words:
    """Return the answer in a few sentences.

    Parameters
    ----------
    evaluation
        The candidates, judged.
    uncertain
        What becomes of the first place; None where nobody is ranked.
    elsewhere
        What documents name for it and has no park to compare.
    last_rule
        The condition that removed the last candidate, where one did.
    """
    question, asked = evaluation.survey.question, asked_words(evaluation)
    if question.undecided:
        return fill(TEXTS["unread"], words="、".join(question.undecided), asked=asked)
    parts = [*_taken(evaluation), _main(evaluation, uncertain, asked)]
    if last_rule is not None:
        parts.append(fill(TEXTS["stuck"], rule=last_rule))
    if elsewhere:
        parts.append(fill(TEXTS["elsewhere"], names=_few([_name(one) for one in elsewhere])))
    return sentences(parts)


def _taken(evaluation: Evaluation) -> list[Words]:
    """Say as what people's own words were looked up."""
    record = evaluation.survey.record
    own = [demand for demand in evaluation.survey.question.demands if not is_term(record, demand)]
    return [fill(TEXTS["taken"], words=quoted(one.words), names=asked_name(record, one)) for one in own]


def _main(evaluation: Evaluation, uncertain: Uncertainty | None, asked: Words) -> Words:
    if uncertain is not None:
        return _placed(evaluation, uncertain, asked)
    if evaluation.placed:
        names = _few([row_name(evaluation, row) for row in evaluation.placed])
        return fill(TEXTS["only_possible"], asked=asked, names=names)
    around = surroundings(evaluation)
    if around:
        return fill(TEXTS["around"], asked=asked, places=_few(around))
    unconditional = [row for row in evaluation.by_tier("itself") if evaluation.survey.standing_alone[row]]
    if unconditional:
        return fill(
            TEXTS["nowhere_left"], asked=asked, parks=_few([row_name(evaluation, row) for row in unconditional])
        )
    return fill(TEXTS["nowhere"], asked=asked)


def _placed(evaluation: Evaluation, uncertain: Uncertainty, asked: Words) -> Words:
    placed, demands = evaluation.placed, evaluation.survey.question.demands
    key = "placed_left" if evaluation.constraints else "placed"
    areas = sum(evaluation.survey.is_part(row) for row in placed)
    parts = [fill(TEXTS[key], asked=asked, count=len(placed) - areas)]
    if areas:
        parts.append(fill(TEXTS["areas"], count=areas))
    if len(demands) == 1:
        direct = sum(map(_is_direct(evaluation), placed))
        if direct < len(placed):
            parts.append(fill(TEXTS["direct"], count=direct) if direct else dict(TEXTS["indirect"]))
    if len(demands) > 1:
        all_of = evaluation.whole(placed)
        parts.append(fill(TEXTS["all_of"], count=all_of) if all_of else dict(TEXTS["none_all"]))
    possible = len(placed) - len(evaluation.sure)
    if possible:
        parts.append(fill(TEXTS["possible"], count=possible))
    leaders = _few([row_name(evaluation, row) for row in uncertain.leaders])
    score = round(float(evaluation.scores[uncertain.rows[0]]), 1)
    parts.append(fill(TEXTS["first" if len(uncertain.group) == 1 else "level"], leaders=leaders, score=score))
    return {
        language: ("，" if language == "zh" else "; ").join(one[language] for one in parts) for language in ("zh", "en")
    }


def _is_direct(evaluation: Evaluation) -> Callable[[int], bool]:
    """Return a test of whether documents name a place with the industry itself or a part of it."""
    survey = evaluation.survey
    zones = {survey.zones[row] for row in evaluation.placed}
    direct = {zone for zone in zones if zone is not None and any(map(is_direct, fits_of(survey, zone)))}
    return lambda row: survey.zones[row] in direct


def surroundings(evaluation: Evaluation) -> list[Words]:
    """Return the names of what is around the places that documents name as a whole."""
    survey, found = evaluation.survey, {}
    for row in evaluation.of_tier("surrounding"):
        for demand in survey.question.demands:
            for naming in placement(survey.record, survey.zones[row] or "", demand).namings:
                if naming.places:
                    subject = naming.statement.subject
                    found[subject] = survey.record.place(subject).words
    return list(found.values())


def of_place(evaluation: Evaluation, rows: Sequence[int], better: Sequence[dict[str, Any]]) -> Words:
    """Return the answer to whether a place suits an industry.

    Parameters
    ----------
    rows
        The place, or its parks, in the order of the answer.
    better
        Places that suit better.
    """
    asked = asked_words(evaluation)
    if evaluation.survey.question.undecided:
        return fill(TEXTS["unread"], words="、".join(evaluation.survey.question.undecided), asked=asked)
    tier = evaluation.tier(rows[0]) if rows else "not_named"
    parts = [*_taken(evaluation), fill(TEXTS[f"place_{tier}"], asked=asked)]
    if tier != "itself" and _named_as_a_whole(evaluation):
        name = evaluation.survey.record.place(evaluation.survey.question.place or "").words
        parts[-1] = fill(TEXTS["place_whole"], asked=asked, name=name)
    if rows and not any(evaluation.passing[row] for row in rows):
        parts.append(dict(TEXTS["place_out"]))
    if better:
        parts.append(fill(TEXTS["better"], names=_few([_name(one) for one in better])))
    return sentences(parts)


def _named_as_a_whole(evaluation: Evaluation) -> bool:
    """Tell whether documents name the place of a question itself: a district, a development zone, a plan area."""
    record, question = evaluation.survey.record, evaluation.survey.question
    return any(question.place in subjects_that_place(record, demand) for demand in question.demands)


def verdict(
    evaluation: Evaluation, uncertain: Uncertainty | None, topsis: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Return whether the first place stands against what is ours, which places it is level with, and what turns it."""
    if uncertain is None or topsis is None:
        return None
    names = [row_name(evaluation, row) for row in uncertain.leaders]
    stable = len(names) == 1 and topsis["same_winner"]
    turns = uncertain.turns
    return {
        "stable": stable,
        "group": [evaluation.survey.ids[row] for row in uncertain.leaders],
        "says": _verdict_says(evaluation, uncertain, names, topsis),
        "turned_by": [{"assumption": one, "share": share, "says": _turned(one, share)} for one, share in turns.items()],
    }


def _turned(assumption: str, share: float) -> Words:
    return fill(TEXTS["turned"], assumption=TEXTS[assumption], share=round(100 * share, 1))


def _verdict_says(
    evaluation: Evaluation, uncertain: Uncertainty, names: Sequence[Words], topsis: dict[str, Any]
) -> Words:
    if len(uncertain.rows) == 1:
        return fill(TEXTS["alone"], name=names[0])
    if len(names) > 1:
        return fill(TEXTS["level_says"], names=_few(names))
    if not topsis["same_winner"]:
        other = evaluation.survey.ids.index(topsis["winners"][0])
        return fill(TEXTS["topsis"], name=row_name(evaluation, other))
    share = round(100 * uncertain.ranges[0].first, 1)
    return fill(TEXTS["stable"], name=names[0], share=share, draws=uncertain.draws)


def row_name(evaluation: Evaluation, row: int) -> Words:
    """Return the name of a candidate."""
    survey = evaluation.survey
    return {"zh": survey.names_zh[row] or survey.ids[row], "en": survey.names_en[row] or survey.ids[row]}


def _name(one: dict[str, Any]) -> Words:
    return {"zh": one["name_zh"], "en": one["name_en"]}


def _few(names: Sequence[Words]) -> Words:
    few = joined(list(names[:_MOST_LEADERS]))
    return fill(TEXTS["more"], names=few, count=len(names)) if len(names) > _MOST_LEADERS else few


def sentences(parts: Sequence[Words]) -> Words:
    """Join sentences, with a full stop after each but the last."""
    return {"zh": "。".join(one["zh"] for one in parts), "en": ". ".join(_capital(one["en"]) for one in parts)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
