from tendril.classrooms import time_zones


def groups_of(choices):
    return {name: dict(zones) for name, zones in choices if isinstance(zones, list)}


def test_zones_stand_under_their_continents_by_city():
    groups = groups_of(time_zones.choices("UTC"))

    assert groups["Europe"]["Europe/Vienna"] == "Vienna"
    assert groups["America"]["America/Argentina/Buenos_Aires"] == (
        "Argentina, Buenos Aires"
    )
    assert "Etc" not in groups
    assert list(groups) == sorted(groups)


def test_a_zone_in_force_that_is_no_citys_can_be_kept():
    bare = [zone for zone, city in time_zones.choices("EST5EDT") if zone == city]

    assert bare == ["UTC", "EST5EDT"]
