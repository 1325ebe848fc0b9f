// SPDX-License-Identifier: GPL-3.0-or-later
#include "localdisplay.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPalette>
#include <QTest>

using namespace doorveil;

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void contrastIsThatOfTheStandard();
    void textCanBeRead_data();
    void textCanBeRead();
    void iconsFollowThePalette();
    void everyIconDraws();
    void displaysOverTheNetworkAreRefused_data();
    void displaysOverTheNetworkAreRefused();
};

void TestTheme::contrastIsThatOfTheStandard()
{
    QCOMPARE(qRound(ui::contrast(Qt::black, Qt::white)), 21);
    QCOMPARE(ui::contrast(Qt::red, Qt::red), 1.0);
    // Control: a pair that is known to fail (#777777 on white has 4.48).
    QVERIFY(ui::contrast(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
}

void TestTheme::textCanBeRead_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("surface");
    for (const bool dark : {false, true}) {
        const ui::ThemeColours &c = dark ? ui::darkColours() : ui::lightColours();
        const auto row = [dark](const char *name, const QColor &text, const QColor &surface) {
            QTest::addRow("%s: %s", dark ? "dark" : "light", name) << text << surface;
        };
        row("text on window", c.text, c.window);
        row("text on surface", c.text, c.surface);
        row("text on raised", c.text, c.raised);
        row("text on selection", c.text, c.accentSoft);
        row("muted on window", c.mutedText, c.window);
        row("muted on surface", c.mutedText, c.surface);
        row("muted on raised", c.mutedText, c.raised);
        row("muted on selection", c.mutedText, c.accentSoft);
        row("accent on surface", c.accent, c.surface);
        row("accent on window", c.accent, c.window);
        row("on accent", c.onAccent, c.accent);
        row("danger", c.danger, c.dangerSoft);
        row("danger on surface", c.danger, c.surface);
        row("danger on selection", c.danger, c.accentSoft);
        row("warning", c.warning, c.warningSoft);
        row("warning on surface", c.warning, c.surface);
        row("warning on selection", c.warning, c.accentSoft);
        row("success", c.success, c.successSoft);
        row("success on surface", c.success, c.surface);
        row("success on selection", c.success, c.accentSoft);
    }
}

void TestTheme::textCanBeRead()
{
    QFETCH(QColor, text);
    QFETCH(QColor, surface);
    const double ratio = ui::contrast(text, surface);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void TestTheme::iconsFollowThePalette()
{
    const auto darkest = [] {
        const QImage image = ui::themedIcon(QStringLiteral("close")).pixmap(32, 32).toImage();
        int lightness = -1;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (const QColor colour = image.pixelColor(x, y); colour.alpha() == 255)
                    lightness = std::max(lightness, colour.lightness());
            }
        }
        return lightness;
    };
    ui::Theme theme(*qApp);
    theme.setPreference(ui::Theme::Preference::Light);
    const int inLight = darkest();
    theme.setPreference(ui::Theme::Preference::Dark);
    const int inDark = darkest();
    QVERIFY2(inLight >= 0 && inLight < 90, qPrintable(QString::number(inLight)));
    QVERIFY2(inDark > 180, qPrintable(QString::number(inDark)));
}

void TestTheme::everyIconDraws()
{
    const QStringList files = QDir(QStringLiteral(":/doorveil/icons")).entryList();
    QVERIFY(files.size() > 20);
    for (const QString &file : files) {
        const QImage image = ui::themedIcon(file.section(QLatin1Char('.'), 0, 0)).pixmap(48, 48).toImage();
        bool drawn = false;
        for (int y = 0; y < image.height() && !drawn; ++y) {
            for (int x = 0; x < image.width() && !drawn; ++x)
                drawn = image.pixelColor(x, y).alpha() > 128;
        }
        QVERIFY2(drawn, qPrintable(file));
    }
    QVERIFY(ui::themedIcon(QStringLiteral("no-such-icon")).isNull());
}

void TestTheme::displaysOverTheNetworkAreRefused_data()
{
    QTest::addColumn<QString>("platform");
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("wayland");
    QTest::addColumn<bool>("refused");
    const auto row = [](const char *name, const char *platform, const char *display, const char *wayland,
                        bool refused) {
        QTest::newRow(name) << QString::fromLatin1(platform) << QString::fromLatin1(display)
                            << QString::fromLatin1(wayland) << refused;
    };
    row("local X", "", ":0", "", false);
    row("local X with screen", "xcb", ":0.1", "", false);
    row("socket by path", "", "/tmp/.X11-unix/X0:0", "", false);
    row("unix prefix", "", "unix:0", "", false);
    row("no display at all", "", "", "", false);
    row("remote X", "", "porch.example:0", "", true);
    row("ssh", "", "localhost:10.0", "", true);
    row("IPv6", "", "::1:0", "", true);
    row("tcp prefix", "", "tcp/localhost:0", "", true);
    row("Wayland beside remote X", "", "localhost:10.0", "wayland-0", false);
    row("X asked for beside Wayland", "xcb", "localhost:10.0", "wayland-0", true);
    row("offscreen", "offscreen", "localhost:10.0", "", false);
    row("vnc", "vnc:size=800x600", "", "", true);
}

void TestTheme::displaysOverTheNetworkAreRefused()
{
    QFETCH(QString, platform);
    QFETCH(QString, display);
    QFETCH(QString, wayland);
    QFETCH(bool, refused);
    QCOMPARE(ui::whyDisplayNeedsNetwork(platform, display, wayland).has_value(), refused);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
