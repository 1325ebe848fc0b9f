// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keychain.h"

#include "base/handover.h"
#include "keys/sodium_p.h"

#include <QByteArray>

#ifdef DOORVEIL_HAVE_KEYCHAIN
#include <QFile>
#include <QObject>
#include <QThread>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include <qt6keychain/keychain.h>
#endif

namespace doorveil::keys {

namespace {

const QString passphraseEntry = QStringLiteral("signing-key-passphrase");
constexpr qsizetype passphraseBytes = 32;

base::Error noKeychain(const QString &reason)
{
    return {base::ErrorKind::Failure, QStringLiteral("the system's keychain cannot be used: %1").arg(reason),
            QStringLiteral("no-keychain")};
}

} // namespace

#ifdef DOORVEIL_HAVE_KEYCHAIN

namespace {

const QString service = QStringLiteral("org.doorveil.Doorveil");
constexpr unsigned long longestWait = 120'000; // somebody may have to type a password

struct Outcome
{
    QKeychain::Error error = QKeychain::OtherError;
    QString message = QStringLiteral("it did not answer");
    QByteArray data;
};

/// The one thread of all jobs. libsecret keeps its connection to the service from one call to the next, bound to the
/// event loop of the thread that made it: a job on another thread waits for an answer that never comes.
class JobLoop
{
public:
    JobLoop()
    {
        m_thread.setObjectName(QStringLiteral("keychain"));
        m_context->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
        m_thread.start();
    }
    ~JobLoop()
    {
        m_thread.quit();
        m_thread.wait();
    }
    JobLoop(const JobLoop &) = delete;
    JobLoop &operator=(const JobLoop &) = delete;

    void post(const std::function<void()> &work) { base::post(m_context, work); }

    static JobLoop &instance()
    {
        static JobLoop loop;
        return loop;
    }

private:
    QThread m_thread;
    QObject *m_context = new QObject; ///< lives on the thread, deleted when it finishes
};

/// Waits for the job. The result is shared, so that a keychain that answers too late writes into nothing that is gone.
template<typename Job, typename Prepare> Outcome run(const QString &entry, const Prepare &prepare)
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable ready;
        bool done = false;
        Outcome outcome;
    };
    const auto shared = std::make_shared<Shared>();
    JobLoop::instance().post([shared, entry, prepare] {
        auto *job = new Job(service);
        job->setAutoDelete(true);
        job->setInsecureFallback(false);
        job->setKey(entry);
        prepare(*job);
        QObject::connect(job, &QKeychain::Job::finished, job, [shared](QKeychain::Job *finished) {
            const std::lock_guard lock(shared->mutex);
            shared->outcome.error = finished->error();
            shared->outcome.message = finished->errorString();
            if (auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(finished))
                shared->outcome.data = reading->binaryData();
            shared->done = true;
            shared->ready.notify_all();
        });
        job->start();
    });
    std::unique_lock lock(shared->mutex);
    shared->ready.wait_for(lock, std::chrono::milliseconds(longestWait), [&shared] { return shared->done; });
    return shared->outcome;
}

} // namespace

bool SystemKeychain::isRunning() const
{
#ifdef Q_OS_LINUX
    // Without a session bus nothing answers; asking would only start one.
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
#else
    return true;
#endif
}

base::Result<std::optional<SecretBytes>> SystemKeychain::read(const QString &entry)
{
    Outcome outcome = run<QKeychain::ReadPasswordJob>(entry, [](QKeychain::ReadPasswordJob &) {});
    if (outcome.error == QKeychain::EntryNotFound)
        return std::optional<SecretBytes>();
    if (outcome.error != QKeychain::NoError)
        return noKeychain(outcome.message);
    return std::optional(SecretBytes::take(outcome.data));
}

base::Result<void> SystemKeychain::write(const QString &entry, const SecretBytes &secret)
{
    const QByteArray bytes(reinterpret_cast<const char *>(secret.data()), qsizetype(secret.size()));
    const Outcome outcome = run<QKeychain::WritePasswordJob>(
        entry, [bytes](QKeychain::WritePasswordJob &job) { job.setBinaryData(bytes); });
    return outcome.error == QKeychain::NoError ? base::Result<void>() : noKeychain(outcome.message);
}

base::Result<void> SystemKeychain::remove(const QString &entry)
{
    const Outcome outcome = run<QKeychain::DeletePasswordJob>(entry, [](QKeychain::DeletePasswordJob &) {});
    return outcome.error == QKeychain::NoError || outcome.error == QKeychain::EntryNotFound
               ? base::Result<void>()
               : noKeychain(outcome.message);
}

#else

bool SystemKeychain::isRunning() const
{
    return false;
}

base::Result<std::optional<SecretBytes>> SystemKeychain::read(const QString &)
{
    return noKeychain(QStringLiteral("this build of Doorveil has no access to one"));
}

base::Result<void> SystemKeychain::write(const QString &, const SecretBytes &)
{
    return noKeychain(QStringLiteral("this build of Doorveil has no access to one"));
}

base::Result<void> SystemKeychain::remove(const QString &)
{
    return noKeychain(QStringLiteral("this build of Doorveil has no access to one"));
}

#endif

base::Result<SecretBytes> keychainPassphrase(Keychain &keychain, bool makeIfMissing)
{
    base::Result<std::optional<SecretBytes>> known = keychain.read(passphraseEntry);
    if (!known)
        return known.error();
    if (known->has_value())
        return std::move(**known);
    if (!makeIfMissing)
        return noKeychain(QStringLiteral("it does not hold the passphrase of the signing key"));
    ensureSodium();
    QByteArray random(passphraseBytes, Qt::Uninitialized);
    randombytes_buf(random.data(), std::size_t(random.size()));
    QByteArray text = random.toBase64();
    sodium_memzero(random.data(), std::size_t(random.size()));
    SecretBytes passphrase = SecretBytes::take(text);
    if (base::Result<void> written = keychain.write(passphraseEntry, passphrase); !written)
        return written.error();
    return passphrase;
}

} // namespace doorveil::keys
