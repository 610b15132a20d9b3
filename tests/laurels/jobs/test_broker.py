"""Work over a real Redis and a real RabbitMQ: messages carry keys; what is lost or killed is done all the same."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from uuid import uuid4

import pytest
from kombu import Connection

from tests.laurels.jobs.test_worker import PATIENCE_SECONDS, STEPS, WORKER, House

BROKERS = {"redis": ("redis://127.0.0.1:6379/15", 6379), "rabbitmq": ("amqp://guest:guest@127.0.0.1:5672//", 5672)}


class BrokerHouse(House):
    """A home whose workers are Celery's, with a queue of its own."""

    def __init__(self, folder, environment, url):
        self.url, self.queue = url, f"laurels-test-{uuid4().hex}"
        super().__init__(folder, environment | {"LAURELS_BROKER_URL": url, "LAURELS_BROKER_QUEUE": self.queue})

    def start(self):
        process = subprocess.Popen(
            [sys.executable, WORKER, self.lines],
            env=self.environment,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.processes.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    def kill(self, process):
        """The worker and its children, at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def messages(self):
        """Take what lies in the queue."""
        found = []
        with Connection(self.url) as connection, connection.SimpleQueue(self.queue) as queue, suppress(queue.Empty):
            while message := queue.get(block=False):
                found.append(message.payload)
                message.ack()
        return found

    def forget(self):
        """Leave no queue behind."""
        with Connection(self.url) as connection:
            connection.default_channel.queue_delete(self.queue)
            if self.url.startswith("redis"):
                names = ("binding", "binding_permanent")
                connection.default_channel.client.delete(*(f"_kombu.{name}.{self.queue}" for name in names))


@pytest.fixture(params=list(BROKERS))
def broker_url(request):
    url, port = BROKERS[request.param]
    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex(("127.0.0.1", port)):
            pytest.skip(f"No {request.param} listens on 127.0.0.1:{port}.")
    return url


@pytest.fixture
def house(tmp_path, own_environment, broker_url):
    house = BrokerHouse(tmp_path, own_environment, broker_url)
    yield house
    for process in house.processes:
        if process.poll() is None:
            house.kill(process)
    house.forget()


@pytest.fixture
def database_url(tmp_path):
    """One database is enough where it is about the broker."""
    return f"sqlite:///{tmp_path / 'laurels.sqlite3'}"


def put_steps(house):
    house.put(f"outbox.put('test.steps', {{'steps': {STEPS}}})")


def test_a_message_holds_the_key_of_a_row_and_nothing_else(house):
    house.put("outbox.put('test.line', {'line': 7, 'secret': 'nobody@example.org'})")
    (message,) = house.messages()
    arguments, named, _ = message
    assert (arguments, named) == ([1], {})
    assert house.job()[0] == "waiting"


def test_no_message_is_sent_for_what_was_rolled_back(house):
    house.put(
        "from django.db import transaction\n"
        "try:\n"
        "    with transaction.atomic():\n"
        "        outbox.put('test.line', {'line': 1})\n"
        "        raise ValueError\n"
        "except ValueError:\n"
        "    pass"
    )
    assert house.messages() == []


def test_a_killed_workers_job_goes_on_once(house):
    put_steps(house)
    for reached in (3, 12):
        worker = house.start()
        house.wait(lambda job, reached=reached: job[1] >= reached)
        house.kill(worker)
        assert house.job()[0] == "running"
    house.start()
    house.start()
    house.wait(lambda job: job[0] == "done")
    assert house.numbers() == list(range(STEPS))


def test_a_lost_message_is_made_up_for_by_the_sweep(house):
    put_steps(house)
    assert len(house.messages()) == 1
    house.start()
    house.wait(lambda job: job[0] == "done")
    assert house.numbers() == list(range(STEPS))


def test_told_to_stop_it_hands_its_job_to_the_next_worker(house):
    put_steps(house)
    worker = house.start()
    house.wait(lambda job: job[1] >= 3)
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert house.job()[0] == "waiting"
    assert house.job()[1] < STEPS
    house.start()
    house.wait(lambda job: job[0] == "done")
    assert house.numbers() == list(range(STEPS))


def test_two_workers_do_each_job_once_though_its_message_comes_twice(house):
    house.put(f"for n in range({STEPS}): outbox.put('test.line', {{'line': n}})")
    house.put(f"from laurels.jobs import broker; broker.announce(range(1, {STEPS} + 1))")
    for _ in range(2):
        house.start()
    house.wait(lambda job: len(house.numbers()) >= STEPS and not house.messages())
    assert sorted(house.numbers()) == list(range(STEPS))


def test_a_broker_that_does_not_answer_keeps_no_work_from_being_left(tmp_path, own_environment):
    nobody = BrokerHouse(tmp_path, own_environment, "redis://127.0.0.1:1/0")
    put_steps(nobody)
    assert nobody.job() == ("waiting", 0, 0)
