"""What a sum of cooperatives may tell."""

from app.open.disclosure import HIDDEN, Figure, Sum, shown


def members(count, cooperatives=3):
    """Members of cooperatives that have not published how many they are."""
    return Sum(count, cooperatives, count)


def public(count):
    return Sum(count)


def test_sums_that_tell_of_nobody_are_shown():
    areas = {"Barat": members(32), "Timur": members(24)}

    assert shown(areas, fewest=3) == ({"Barat": Figure(32), "Timur": Figure(24)}, Figure(56))


def test_fewer_than_five_people_are_hidden_together_with_the_smallest_that_helps():
    areas = {
        "Barat": members(32),
        "Selatan": members(6),
        "Timur": members(0),
        "Utara": members(4),
    }
    figures, city = shown(areas, fewest=3)

    assert figures == {
        "Barat": Figure(32),
        "Selatan": HIDDEN,
        "Timur": Figure(0),
        "Utara": HIDDEN,
    }
    assert city == Figure(42)


def test_nothing_is_shown_that_lets_the_hidden_be_reckoned():
    areas = {"Barat": public(32), "Utara": members(4)}

    assert shown(areas, fewest=3) == ({"Barat": HIDDEN, "Utara": HIDDEN}, HIDDEN)


def test_a_sum_of_too_few_cooperatives_is_hidden():
    figures, _city = shown({"Barat": members(70, 2), "Timur": members(24)}, fewest=3)

    assert figures["Barat"] == HIDDEN


def test_what_is_public_anyway_protects_nobody_else():
    areas = {"Barat": public(70) + members(9, 1), "Timur": members(24)}
    figures, _city = shown(areas, fewest=2)

    assert figures["Barat"] == HIDDEN


def test_figures_of_no_members_are_hidden_only_for_few_cooperatives():
    assert shown({"Barat": Sum(3, 3)}, fewest=3)[1] == Figure(3)
    assert shown({"Barat": Sum(3, 2)}, fewest=3)[1] == HIDDEN


def test_what_nobody_has_told_is_not_known():
    assert shown({"Barat": Sum(None, 1)}, fewest=3) == ({"Barat": Figure(None)}, Figure(None))
