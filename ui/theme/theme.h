// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QString>

#include <memory>

class QApplication;
class QPalette;

namespace doorveil::ui {

/// The program's colours, light or dark. Text colours have a contrast of at least 4.5 : 1 on the surfaces they are
/// used on (WCAG 2.1, 1.4.3; a test checks them).
struct ThemeColours
{
    QColor window; ///< behind everything
    QColor surface; ///< lists, cards, fields
    QColor raised; ///< buttons, headers, every other row
    QColor border; ///< lines between surfaces; decoration only
    QColor text;
    QColor mutedText; ///< second lines, units; still readable
    QColor accent; ///< the one colour of actions and of what is selected
    QColor onAccent; ///< text on it
    QColor accentSoft; ///< selected rows, the current place
    QColor danger; ///< text and lines about people who are visible, failures
    QColor dangerSoft; ///< behind it
    QColor warning;
    QColor warningSoft;
    QColor success;
    QColor successSoft;
};

[[nodiscard]] const ThemeColours &lightColours();
[[nodiscard]] const ThemeColours &darkColours();

/// Contrast of two opaque colours by WCAG 2.1: 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

/// Dresses the application: Fusion, palette and style sheet. Light, dark, or as the system says: the desktop portal's
/// `color-scheme` where there is one (asked asynchronously, followed while the program runs), else the lightness of the
/// palette the system gave.
class Theme final : public QObject
{
    Q_OBJECT

public:
    enum class Preference { System, Light, Dark };

    explicit Theme(QApplication &application, QObject *parent = nullptr);
    ~Theme() override;

    void setPreference(Preference preference);
    [[nodiscard]] Preference preference() const;
    [[nodiscard]] bool isDark() const;
    [[nodiscard]] const ThemeColours &colours() const;

    /// "light", "dark", empty: the words of the settings.
    [[nodiscard]] static QString toText(Preference preference);
    [[nodiscard]] static Preference fromText(const QString &text);

signals:
    void changed(); ///< widgets that paint with colours() repaint themselves

private:
    void apply();

    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] QPalette paletteOf(const ThemeColours &colours);

} // namespace doorveil::ui
