// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/nonetwork.h"

#include <QTest>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace doorveil;

namespace {

/// 0 where a socket of that family can be opened, else errno.
int tryFamily(int family, int type = SOCK_STREAM)
{
    const int descriptor = ::socket(family, type, 0);
    if (descriptor < 0)
        return errno;
    ::close(descriptor);
    return 0;
}

} // namespace

class TestNoNetwork final : public QObject
{
    Q_OBJECT

private slots:
    /// One test on purpose: what it sets up cannot be taken back in this process.
    void refusesTheNetworkOnAllThreads();
};

void TestNoNetwork::refusesTheNetworkOnAllThreads()
{
    // Control: before, the calls work, so a refusal below is ours.
    QCOMPARE(tryFamily(AF_INET), 0);

    std::mutex mutex;
    std::condition_variable changed;
    bool refused = false;
    int onOldThread = -1;
    std::thread old([&] {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return refused; });
        onOldThread = tryFamily(AF_INET);
    });
    const auto refusal = isolation::refuseNetwork();
    {
        const std::lock_guard lock(mutex);
        refused = true;
    }
    changed.notify_all();
    old.join();
    QVERIFY2(refusal, refusal ? "" : qPrintable(refusal.error().message));
    QVERIFY(refusal->enforced);

    QCOMPARE(onOldThread, EACCES);
    for (const int family : {AF_UNSPEC, AF_INET, AF_INET6, AF_PACKET, AF_BLUETOOTH, AF_VSOCK, 44})
        QCOMPARE(tryFamily(family), EACCES);
    QCOMPARE(tryFamily(AF_INET, SOCK_DGRAM), EACCES);
    QCOMPARE(tryFamily(AF_UNIX), 0);
    QCOMPARE(tryFamily(AF_NETLINK, SOCK_RAW), 0);
    QCOMPARE(::syscall(SYS_io_uring_setup, 1, nullptr), -1L);
    QCOMPARE(errno, ENOSYS);
}

QTEST_GUILESS_MAIN(TestNoNetwork)
#include "tst_nonetwork.moc"
