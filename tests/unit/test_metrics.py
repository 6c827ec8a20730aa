"""The counters of a running bot."""

from prometheus_client import generate_latest

from bot.metrics import Metrics


def shown(metrics: Metrics) -> str:
    return generate_latest(metrics.registry).decode()


def test_what_was_counted_is_shown_by_its_labels() -> None:
    metrics = Metrics()
    metrics.polls.labels("changed").inc(2)
    metrics.step_failures.labels("read").inc()
    metrics.commands.labels("said").inc()
    metrics.messages_posted.inc(3)
    text = shown(metrics)
    assert 'hearsay_polls_total{status="changed"} 2.0' in text
    assert 'hearsay_step_failures_total{step="read"} 1.0' in text
    assert 'hearsay_commands_total{command="said"} 1.0' in text
    assert "hearsay_messages_posted_total 3.0" in text
    assert "hearsay_entries_read_total 0.0" in text
    assert "hearsay_articles_extracted_total 0.0" in text


def test_two_bots_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.messages_posted.inc()
    assert "hearsay_messages_posted_total 0.0" in shown(second)
