// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keystore.h"
#include "keys/sealing.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using namespace doorveil::keys;

namespace {

SecretBytes secret(const char *text)
{
    QByteArray bytes(text);
    return SecretBytes::take(bytes);
}

class FixedClock final : public base::Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return time; }
    QDateTime time = QDateTime::fromString(QStringLiteral("2026-03-04T05:06:07Z"), Qt::ISODate);
};

} // namespace

class TestKeyStore final : public QObject
{
    Q_OBJECT

private slots:
    void sealedOpensWithItsPassphraseOnly();
    void everyAlteredByteIsRefused();
    void hostileCostIsRefused();
    void keysComeBack();
    void rotationKeepsOldKeys();
    void filesArePrivate();
    void backupRestores();
};

void TestKeyStore::sealedOpensWithItsPassphraseOnly()
{
    const auto sealed = seal(secret("content"), secret("correct horse"), SealingCost::Quick);
    QVERIFY(sealed);
    const auto opened = unseal(*sealed, secret("correct horse"));
    QVERIFY(opened);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(opened->data()), qsizetype(opened->size())),
             QByteArray("content"));
    const auto refused = unseal(*sealed, secret("correct horsf"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("wrong-passphrase"));
    QVERIFY(!seal(secret("content"), SecretBytes(), SealingCost::Quick));
}

void TestKeyStore::everyAlteredByteIsRefused()
{
    const auto sealed = seal(secret("content"), secret("passphrase"), SealingCost::Quick);
    QVERIFY(sealed);
    for (qsizetype position = 0; position < sealed->size(); ++position) {
        QByteArray altered = *sealed;
        altered[position] = char(altered[position] ^ 1);
        QVERIFY2(!unseal(altered, secret("passphrase")), qPrintable(QString::number(position)));
    }
    QVERIFY(!unseal(sealed->left(40), secret("passphrase")));
}

void TestKeyStore::hostileCostIsRefused()
{
    auto sealed = seal(secret("content"), secret("passphrase"), SealingCost::Quick);
    QVERIFY(sealed);
    // 2^56 bytes of memory: refused before any work is done.
    QByteArray hostile = *sealed;
    hostile[18 + 16 + 8 + 7] = 1;
    const auto refused = unseal(hostile, secret("passphrase"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("not-sealed"));
}

void TestKeyStore::keysComeBack()
{
    const QTemporaryDir folder;
    KeyStore store(folder.filePath(QStringLiteral("keys")).toStdString());
    const auto nothing = store.current();
    QVERIFY(nothing && !nothing->has_value());
    const auto made = store.create(secret("passphrase"), Unlocking::Passphrase, FixedClock(), SealingCost::Quick);
    QVERIFY(made);
    const auto key = store.open(made->id, secret("passphrase"));
    QVERIFY(key);
    QVERIFY(made->publicKey.verifies("message", key->sign("message")));
    QCOMPARE(store.open(made->id, secret("other")).error().failureClass, QStringLiteral("wrong-passphrase"));
    QCOMPARE(store.open(QStringLiteral("0123"), secret("passphrase")).error().failureClass,
             QStringLiteral("no-such-key"));
}

void TestKeyStore::rotationKeepsOldKeys()
{
    const QTemporaryDir folder;
    KeyStore store(folder.path().toStdString());
    FixedClock clock;
    const auto first = store.create(secret("one"), Unlocking::Passphrase, clock, SealingCost::Quick);
    QVERIFY(first);
    clock.time = clock.time.addDays(1);
    const auto second = store.create(secret("two"), Unlocking::Passphrase, clock, SealingCost::Quick);
    QVERIFY(second);
    const auto keys = store.list();
    QVERIFY(keys);
    QCOMPARE(keys->size(), 2U);
    QVERIFY((*keys)[0].retired.has_value());
    QCOMPARE((*store.current())->id, second->id);
    QVERIFY(store.open(first->id, secret("one")));
}

void TestKeyStore::filesArePrivate()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("keys"));
    KeyStore store(path.toStdString());
    const auto made = store.create(secret("passphrase"), Unlocking::Passphrase, FixedClock(), SealingCost::Quick);
    QVERIFY(made);
    const QFileDevice::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(path).permissions() & others, QFileDevice::Permissions());
    for (const char *ending : {".json", ".sealed"}) {
        const QFileInfo file(path + QLatin1Char('/') + made->id + QString::fromLatin1(ending));
        QVERIFY(file.exists());
        QCOMPARE(file.permissions() & others, QFileDevice::Permissions());
    }
}

void TestKeyStore::backupRestores()
{
    const QTemporaryDir folder;
    KeyStore store(folder.filePath(QStringLiteral("a")).toStdString());
    const auto made = store.create(secret("passphrase"), Unlocking::Passphrase, FixedClock(), SealingCost::Quick);
    QVERIFY(made);
    const auto exported = store.exportAll(secret("passphrase"));
    QVERIFY(exported);
    KeyStore other(folder.filePath(QStringLiteral("b")).toStdString());
    const auto added = other.importAll(*exported, secret("new"), SealingCost::Quick);
    QVERIFY(added);
    QCOMPARE(*added, 1);
    QVERIFY(other.open(made->id, secret("new")));
    QCOMPARE(*other.importAll(*exported, secret("new"), SealingCost::Quick), 0);
    QVERIFY(!other.importAll(secret("{}"), secret("new"), SealingCost::Quick));
}

QTEST_GUILESS_MAIN(TestKeyStore)
#include "tst_keystore.moc"
