"""The OGC's executable test suite of OGC API - Features, Core and CRS, on every collection: `make conformance`."""

import os
from pathlib import Path

import pytest

from tests.conformance.cite import CORE, CRS, Check, failures, read_results, run_suite, summary
from tests.conftest import Server

JAR = os.environ.get("YUANTU_CITE_JAR", "")

EXCUSED = {
    "No server response timeStamp": "the standard does not ask for one, and without it a page keeps its bytes",
    "No features were returned": "the suite asks for boxes at the poles, the equator and London; this is Tianjin",
}
"""Reasons the suite gives for skipping a check, and why each is right here."""

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<testng-results ignored="0" total="4" passed="2" failed="1" skipped="1">
  <suite name="s"><test name="Core">
    <class name="org.example.core.FeaturesLimit">
      <test-method is-config="true" name="prepare" status="PASS"/>
      <test-method name="limitParameterDefinition" status="PASS"/>
      <test-method name="validateLimit" status="FAIL">
        <params><param index="0"><value><![CDATA[{id=parks}]]></value></param></params>
        <exception class="java.lang.AssertionError"><message><![CDATA[
          Expected status code <200>
          but was <500>.]]></message></exception>
      </test-method>
    </class>
  </test><test name="Coordinate Reference Systems by Reference">
    <class name="org.example.crs.FeatureCrs">
      <test-method name="verifyCrs" status="SKIP"><exception class="org.testng.SkipException"/></test-method>
      <test-method name="verifyHeader" status="PASS"/>
      <test-method is-config="true" name="store" status="FAIL">
        <exception class="java.lang.NullPointerException"/>
      </test-method>
    </class>
  </test></suite>
</testng-results>
"""


def test_a_report_of_the_suite_is_read(tmp_path: Path) -> None:
    report = tmp_path / "testng-results.xml"
    report.write_text(REPORT, encoding="utf-8")
    checks = read_results(report)
    assert [check.status for check in checks] == ["PASS", "FAIL", "SKIP", "PASS", "FAIL"]
    assert failures(checks) == [
        "Core: FeaturesLimit.validateLimit({id=parks}): Expected status code <200> but was <500>.",
        f"{CRS}: FeatureCrs.store(): java.lang.NullPointerException",
    ]
    rows = [line.split() for line in summary(checks).splitlines()]
    assert ["Core", "1", "1", "0"] in rows and ["FeatureCrs", "1", "1", "1"] in rows


@pytest.fixture(scope="session")
def checks(live_server: Server, tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    """Run the suite once."""
    if not JAR:
        pytest.skip("the OGC's test suite is no part of this run; `make conformance` fetches it and runs it")
    return run_suite(Path(JAR), f"{live_server.url}/ogc", tmp_path_factory.mktemp("cite"))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("module", [CORE, CRS])
def test_the_suite_finds_no_failure(checks: list[Check], module: str, capsys: pytest.CaptureFixture[str]) -> None:
    of_module = [check for check in checks if check.module == module]
    with capsys.disabled():
        print(f"\n{summary(of_module)}")
    assert not failures(of_module), "\n".join(failures(of_module))
    assert sum(check.status == "PASS" for check in of_module) > 100, "hardly anything was tested"


def test_the_suite_skips_nothing_that_could_be_tested(checks: list[Check]) -> None:
    skipped = [check for check in checks if check.status == "SKIP"]
    unexcused = {
        f"{check.name}: {check.message[:200]}" for check in skipped if not check.message.startswith(tuple(EXCUSED))
    }
    assert not unexcused, "\n".join(sorted(unexcused))
