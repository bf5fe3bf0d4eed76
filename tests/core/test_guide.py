"""What the guide says about itself."""

from tests.small import guide, listening


def test_a_path_may_begin_at_the_first_step_or_where_a_topic_leads() -> None:
    """Topics that are answers of the first question begin there too."""
    assert guide().begins == ("start/situation",)
    assert listening().begins == ("start/situation", "plan/letter", "topics/place")


def test_a_guide_without_word_lists_has_no_topics() -> None:
    """Everything typed is unknown to it."""
    assert guide().topics == {}
    assert set(listening().topics) == {"found", "law", "place"}
