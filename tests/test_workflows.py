"""The CI files, those in use and those that docs/ci.md offers, are clean and run what they say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mipos_contract.options import parse
from mipos_contract.settings import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
OFFERED_WORKFLOW, OFFERED_GITLAB = re.findall(
    r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)
CONTRACT = (ROOT / ".github" / "workflows" / "contract.yml").read_text("utf-8")
CHECKS = (ROOT / ".github" / "workflows" / "checks.yml").read_text("utf-8")
# Both without what they find on a developer's PATH, so that the outcome is the same everywhere.
ACTIONLINT = ("actionlint", "-shellcheck=", "-pyflakes=", "-no-color", "-oneline")
ZIZMOR = ("zizmor", "--quiet", "--offline", "--strict-collection", "--persona=auditor")
GITLAB = ("check-jsonschema", "--builtin-schema=vendor.gitlab-ci", "--data-transform=gitlab-ci")


def lint(command: Sequence[str], file: Path) -> tuple[int, str]:
    """Return the exit status and the output of a linter of this environment."""
    program = Path(sysconfig.get_path("scripts")) / command[0]
    done = subprocess.run(  # noqa: S603 - the command stands above
        [program, *command[1:], file], capture_output=True, text=True, check=False, cwd=ROOT
    )
    return done.returncode, done.stdout + done.stderr


def read(text: str) -> dict[str, Any]:
    """Return a YAML mapping with every scalar as it is written: `on` is no truth value there."""
    # S506: the base loader makes nothing but texts, lists and mappings.
    mapping: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506
    return mapping


def steps(workflow: str, job: str) -> dict[str, dict[str, Any]]:
    """Return the steps of a job by their names, an action's without a name by the action's."""
    found = read(workflow)["jobs"][job]["steps"]
    return {step.get("name") or step["uses"].partition("@")[0]: step for step in found}


def readme_command(session: str) -> str:
    """Return the README's command that makes an environment and runs a session."""
    readme = (ROOT / "README.md").read_text("utf-8")
    commands: list[str] = re.findall(
        rf"^```sh\n(.* && .*nox -s {session})\n```$", readme, re.MULTILINE
    )
    (command,) = commands
    return command


@pytest.fixture(params=[*WORKFLOWS, "docs/ci.md"], ids=lambda each: str(each).rsplit("/")[-1])
def workflow(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return each workflow file in turn, and the one that the page offers."""
    if isinstance(request.param, Path):
        return request.param
    file = tmp_path / ".github" / "workflows" / "offered.yml"
    file.parent.mkdir(parents=True)
    file.write_text(OFFERED_WORKFLOW, "utf-8")
    return file


@pytest.mark.parametrize("linter", [ACTIONLINT, ZIZMOR], ids=lambda linter: linter[0])
def test_workflow_is_clean(workflow: Path, linter: tuple[str, ...]) -> None:
    """Neither linter has anything to say, at its strictest."""
    status, said = lint(linter, workflow)

    assert 0 == status, said


@pytest.mark.parametrize(
    ("linter", "file", "finding"),
    [
        (ACTIONLINT, "workflow-undefined-output.yml", 'property "other" is not defined'),
        (ZIZMOR, "workflow-unpinned-action.yml", "unpinned-uses"),
        (GITLAB, "gitlab-misspelt-key.yml", "'rule' was unexpected"),
    ],
    ids=["actionlint", "zizmor", "gitlab"],
)
def test_planted_fault_is_found(linter: tuple[str, ...], file: str, finding: str) -> None:
    """Each linter refuses a file with one fault, and for that fault."""
    status, said = lint(linter, DATA / file)

    assert 0 != status
    assert finding in said


def test_the_offered_gitlab_file_is_clean(tmp_path: Path) -> None:
    """GitLab's own schema has nothing to say."""
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(OFFERED_GITLAB, "utf-8")

    status, said = lint(GITLAB, file)

    assert 0 == status, said


def test_an_action_has_one_pin_everywhere() -> None:
    """Whoever moves an action forward does so in the page too."""
    texts = CONTRACT + CHECKS + OFFERED_WORKFLOW
    pins = re.findall(r"uses: (\S+)@(.+)$", texts, re.MULTILINE)

    assert pins
    assert len({action for action, _ in pins}) == len(set(pins))


@pytest.mark.parametrize(
    "text", [CONTRACT, CHECKS, OFFERED_WORKFLOW], ids=["contract.yml", "checks.yml", "ci.md"]
)
def test_the_workflow_token_may_read_at_most(text: str) -> None:
    """Nothing is permitted by default, and no job asks for more than to read the repository."""
    found = read(text)
    asked = [job["permissions"] for job in found["jobs"].values() if "permissions" in job]

    assert {} == found["permissions"]
    assert [{"contents": "read"}] * len(asked) == asked


def test_every_job_runs_the_readmes_command() -> None:
    """What CI runs is what a reader runs, on GitHub and on GitLab, against the mock or not."""
    gitlab = read(OFFERED_GITLAB)

    assert [readme_command("contract")] * 4 == [
        *(steps(CONTRACT, job)["Run the suite"]["run"] for job in ("mock", "deployment")),
        *(gitlab[job]["script"][-1] for job in ("contract-mock", "contract-deployment")),
    ]


def test_the_checks_run_with_the_history_that_the_document_is_compared_with() -> None:
    """The job runs the README's second command, in a clone that is not shallow."""
    found = steps(CHECKS, "checks")

    assert "0" == found["actions/checkout"]["with"]["fetch-depth"]
    assert readme_command("tests") == found["Run tests and gates"]["run"]


def test_the_job_without_a_deployment_is_given_no_setting() -> None:
    """A push tests the mock, whatever is set."""
    (job,) = re.findall(r"^  mock:\n(.*?)^  deployment:\n", CONTRACT, re.MULTILINE | re.DOTALL)

    assert [] == re.findall(r"secrets|vars\.|MIPOS_|environment", job)
    assert "environment" not in read(OFFERED_GITLAB)["contract-mock"]


def test_the_nightly_job_is_given_every_setting() -> None:
    """Each setting arrives under its own name, a token as a secret and the rest as variables."""
    given = steps(CONTRACT, "deployment")["Run the suite"]["env"]

    assert given == {
        name: f"${{{{ {'secrets' if name.endswith('_TOKEN') else 'vars'}.{name} }}}}"
        for name in VARIABLES
    }


def test_the_page_names_every_setting_and_no_other() -> None:
    """Who reads the page knows what to set."""
    assert set(VARIABLES) == set(re.findall(r"MIPOS_[A-Z_]+", PAGE))


def test_runs_against_a_deployment_do_not_overlap() -> None:
    """The second one waits, and neither is cancelled."""
    deployment = read(CONTRACT)["jobs"]["deployment"]["concurrency"]
    offered = read(OFFERED_WORKFLOW)["jobs"]["contract"]["concurrency"]

    assert {"group": "contract-deployment", "cancel-in-progress": "false"} == deployment
    assert {"group": "mipos-contract", "cancel-in-progress": "false"} == offered
    assert "resource_group" in read(OFFERED_GITLAB)["contract-deployment"]


@pytest.mark.parametrize(
    ("address", "output", "notices"),
    [("https://pos.example", "named=true\n", 0), ("", "", 1)],
    ids=["set", "unset"],
)
def test_nothing_is_tested_without_an_address(
    address: str, output: str, notices: int, tmp_path: Path
) -> None:
    """Without the variable the job says so in a notice, and every further step is left out."""
    first, *others = steps(CONTRACT, "deployment").values()
    file = tmp_path / "output"
    file.touch()

    done = subprocess.run(  # noqa: S603 - the script is ours
        ["/bin/bash", "-e", "-c", first["run"]],
        env={"MIPOS_BASE_URL": address, "GITHUB_OUTPUT": str(file)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert output == file.read_text("utf-8")
    assert notices == done.stdout.count("::notice title=")
    assert others
    assert [] == [step for step in others if "steps.deployment.outputs.named" not in step["if"]]


def test_the_offered_commands_are_understood() -> None:
    """The command knows every option of the page's lines; none falls through to pytest."""
    lines = re.findall(r"\.whl.* (?:mipos-contract) (run .*)$", PAGE, re.MULTILINE)
    environ = {
        "MIPOS_BASE_URL": "https://pos.example",
        "MIPOS_STORE_ID": "3",
        "MIPOS_ACCESS_TOKEN": "a-token",
    }

    options = [parse(shlex.split(line), environ) for line in lines]

    assert [Path("reports")] * 2 == [each.reports for each in options]
    assert [()] * 2 == [each.pytest for each in options]
