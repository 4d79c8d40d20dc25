"""pytest plugin: `pytest --bajio` runs every law on all that installed plugins provide.

One test for each law and subject: `bajio::land-per-person::division`.
pytest loads this module in every project, so it imports nothing of bajio until it is asked to.
"""

from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bajio.testing.kit import Trial

_Style = Literal["long", "short", "line", "no", "native", "value", "auto"]
_INI = "bajio_expected_failures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--bajio`, `--bajio-plugin` and the setting of expected failures."""
    group = parser.getgroup("bajio")
    group.addoption("--bajio", action="store_true", help="Run the laws on bajio's plugins.")
    group.addoption(
        "--bajio-plugin",
        action="append",
        default=[],
        metavar="NAME|FILE.py",
        help="Run them on this plugin only, or on a plain Python file; can be repeated.",
    )
    parser.addini(
        _INI,
        type="linelist",
        default=[],
        help="Laws that are known to be broken, a line each: CODE::LAW: reason.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add a test for each law and subject."""
    if config.getoption("bajio") or config.getoption("bajio_plugin"):
        laws = list(_Laws.from_parent(session, name="bajio", nodeid="bajio").collect())
        report = pytest.CollectReport("bajio", "passed", None, list(laws))
        config.hook.pytest_collectreport(report=report)
        items.extend(laws)


class _Laws(pytest.Collector):
    """All that the plugins provide."""

    def collect(self) -> "Iterator[_LawItem]":
        from bajio.registry import Registry
        from bajio.testing.kit import subjects, trials

        asked = self.config.getoption("bajio_plugin")
        registry = Registry.load(*(name for name in asked if name.endswith(".py")))
        found = subjects(registry)
        names = {name.replace("\\", "/").rpartition("/")[2] for name in asked} or set(found)
        for name in sorted(names - set(found)):
            known = ", ".join(found) or "none"
            raise pytest.UsageError(f"bajio knows no plugin {name!r}: installed are {known}")
        expected = _expected(self.config)
        for plugin in sorted(names):
            for failure in registry.failures:
                if failure.plugin == plugin:
                    reason = f"{failure.reason}; {failure.cure}"
                    yield _LawItem.from_parent(self, name=f"{plugin}::loads", problem=reason)
            for subject in found[plugin]:
                for trial in trials(subject, registry):
                    yield self._item(trial, expected)

    def _item(self, trial: "Trial", expected: dict[str, str]) -> "_LawItem":
        name = f"{trial.subject}::{trial.law.code}"
        item: _LawItem = _LawItem.from_parent(self, name=name, trial=trial)
        if name in expected:
            item.add_marker(pytest.mark.xfail(reason=expected[name], strict=True))
        return item


def _expected(config: pytest.Config) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in config.getini(_INI):
        name, separator, reason = line.partition(": ")
        if "::" not in name or not separator or not reason.strip():
            raise pytest.UsageError(f"{_INI} has {line!r}: write CODE::LAW: reason")
        found[name.strip()] = reason.strip()
    return found


class _LawItem(pytest.Item):
    """One law for one subject."""

    def __init__(self, *, trial: "Trial | None" = None, problem: str = "", **given: Any) -> None:
        super().__init__(**given)
        self.trial = trial
        self.problem = problem

    def runtest(self) -> None:
        from bajio.testing.kit import NotConforming, State

        if self.trial is None:
            raise _SetAside(self.problem)
        found = self.trial.run()
        if found.state is State.UNTESTED:
            pytest.skip("no generated example has a value")
        if found.state is State.BROKEN:
            raise NotConforming((found,))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: _Style | None = None
    ) -> Any:
        """What is told: the law and the counterexample, without a traceback."""
        if isinstance(excinfo.value, AssertionError):
            return str(excinfo.value).lstrip("\n")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, None, str]:
        return "bajio", None, self.name


class _SetAside(AssertionError):
    """Something of a plugin could not be loaded."""
