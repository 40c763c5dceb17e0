"""Spark on this machine: one session, or a cluster of a master and two workers.

The tests that need Spark are skipped where there is no PySpark or no Java. DISCOURSE_SPARK set to
``required`` makes that a failure.
"""

import contextlib
import importlib.util
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from discourse import Article, Author, Comment, Thread

REQUIRED = os.environ.get("DISCOURSE_SPARK") == "required"
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.session.timeZone": "America/New_York",  # a corpus is in UTC wherever it is read
}


@pytest.fixture(scope="session")
def java():
    """The path of Java, where Spark can run."""
    missing = [
        what
        for what, is_here in (
            ("PySpark", importlib.util.find_spec("pyspark")),
            ("pandas", importlib.util.find_spec("pandas")),
            ("Java", shutil.which("java")),
        )
        if not is_here
    ]
    if missing:
        (pytest.fail if REQUIRED else pytest.skip)(f"not installed: {', '.join(missing)}")
    return shutil.which("java")


@pytest.fixture(scope="session")
def running(java):
    """A context of a session of Spark, given the address of a master, a folder and settings."""
    return _running


@contextlib.contextmanager
def _running(master, folder, **more):
    """Give a session of a master, and stop it."""
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    builder = pytest.importorskip("pyspark.sql").SparkSession.builder.master(master)
    folders = {"spark.local.dir": str(folder), "spark.sql.warehouse.dir": str(folder / "tables")}
    for name, value in (SETTINGS | folders | more).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        with warnings.catch_warnings():  # PySpark warns of pandas 3 and leaves sockets open
            warnings.simplefilter("ignore", FutureWarning)
            warnings.simplefilter("ignore", ResourceWarning)
            yield session
    finally:
        session.stop()


@pytest.fixture(scope="module")
def local(running, tmp_path_factory):
    """A session on two threads of this machine."""
    with running("local[2]", tmp_path_factory.mktemp("spark")) as session:
        yield session


@pytest.fixture(scope="module")
def cluster(java, tmp_path_factory):
    """The address of a standalone master with two workers, which are ended by their process ids."""
    folder = tmp_path_factory.mktemp("cluster")
    home = Path(importlib.util.find_spec("pyspark").origin).parent
    # A worker knows the package only from what the session sends.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "512m",
    }
    port, *panels = free_ports(4)
    address = f"spark://127.0.0.1:{port}"
    master = ["master.Master", "--port", str(port), "--webui-port", str(panels[0])]
    worker = ["worker.Worker", "--cores", "1", "--memory", "1g"]
    worker += ["--work-dir", str(folder)]
    processes = []

    def start(name, *arguments):
        command = ["bash", str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
        command += ["--host", "127.0.0.1", *arguments]
        with (folder / f"{len(processes)}.log").open("wb") as log:
            processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))

    try:
        start(*master)
        wait_for(port, processes[0])
        for panel in panels[1:]:
            start(*worker, "--webui-port", str(panel), address)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def wait_for(port, process):
    """Wait until somebody listens on a port, or the process that should has ended."""
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    pytest.fail(f"the process ended with {process.returncode} before it listened")


def free_ports(count):
    """Ports of this machine that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@pytest.fixture(scope="session")
def invented():
    """A function that yields so many threads of random shapes, some without comments."""
    return _invented


def _invented(count, *, seed=0, most=30):
    chance = random.Random(seed)
    people = [Author(f"person {n}", id=f"u{n}" if n % 3 else None) for n in range(12)]
    for number in range(count):
        comments = [
            Comment(
                f"c{n}",
                f"c{chance.randrange(n)}" if n and chance.random() < 0.8 else None,
                chance.choice([*people, None]),
                f"{chance.randrange(10**6)} boats",
                score=chance.randrange(-5, 50),
            )
            for n in range(chance.randrange(most))
        ]
        yield Thread(Article(f"Bridge {number}", id=str(number), site="gull"), comments)
