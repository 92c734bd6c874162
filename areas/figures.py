"""The profile figures of an area, beside those of the city."""

from areas.models import Area, ProfileFigure


def figures_of(area: Area) -> dict[str, list[ProfileFigure]]:
    """By topic, of each the latest year. `city` is what the file gave of the whole city for that year, or None."""
    newest = ("topic", "indicator", "target_group")
    own = list(ProfileFigure.objects.filter(area=area).order_by(*newest, "-year").distinct(*newest))
    years = {figure.year for figure in own}
    city = {
        (figure.topic, figure.indicator, figure.target_group, figure.year): figure.value
        for figure in (ProfileFigure.objects.filter(area__isnull=True, year__in=years) if own else ())
    }
    topics: dict[str, list[ProfileFigure]] = {}
    for figure in own:
        key = (figure.topic, figure.indicator, figure.target_group, figure.year)
        figure.city = city.get(key)  # type: ignore[attr-defined]
        topics.setdefault(figure.topic, []).append(figure)
    return topics
