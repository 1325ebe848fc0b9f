// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/stylesheet_p.h"
#include "theme/systemscheme.h"

#include <QApplication>
#include <QPalette>
#include <QPixmapCache>
#include <QStyleFactory>

#include <cmath>

namespace doorveil::ui {

const ThemeColours &lightColours()
{
    static const ThemeColours colours{
        .window = QColor(0xf4, 0xf6, 0xf8),
        .surface = QColor(0xff, 0xff, 0xff),
        .raised = QColor(0xf0, 0xf3, 0xf6),
        .border = QColor(0xd5, 0xdc, 0xe3),
        .text = QColor(0x1a, 0x24, 0x2e),
        .mutedText = QColor(0x52, 0x60, 0x6d),
        .accent = QColor(0x0b, 0x67, 0x70),
        .onAccent = QColor(0xff, 0xff, 0xff),
        .accentSoft = QColor(0xdc, 0xee, 0xef),
        .danger = QColor(0xb0, 0x22, 0x22),
        .dangerSoft = QColor(0xfd, 0xe8, 0xe6),
        .warning = QColor(0x7a, 0x4b, 0x00),
        .warningSoft = QColor(0xff, 0xf1, 0xd6),
        .success = QColor(0x1e, 0x6b, 0x3a),
        .successSoft = QColor(0xe2, 0xf3, 0xe7),
    };
    return colours;
}

const ThemeColours &darkColours()
{
    static const ThemeColours colours{
        .window = QColor(0x12, 0x17, 0x1c),
        .surface = QColor(0x1a, 0x21, 0x27),
        .raised = QColor(0x23, 0x2b, 0x33),
        .border = QColor(0x36, 0x41, 0x4b),
        .text = QColor(0xe8, 0xed, 0xf1),
        .mutedText = QColor(0xa3, 0xb0, 0xbb),
        .accent = QColor(0x5f, 0xc4, 0xc9),
        .onAccent = QColor(0x06, 0x22, 0x25),
        .accentSoft = QColor(0x1d, 0x3a, 0x3e),
        .danger = QColor(0xff, 0x9b, 0x91),
        .dangerSoft = QColor(0x45, 0x1f, 0x1d),
        .warning = QColor(0xf4, 0xc3, 0x6b),
        .warningSoft = QColor(0x3d, 0x2f, 0x12),
        .success = QColor(0x86, 0xd4, 0x9f),
        .successSoft = QColor(0x1b, 0x38, 0x26),
    };
    return colours;
}

double contrast(const QColor &a, const QColor &b)
{
    // Relative luminance: WCAG 2.1, "relative luminance" in its glossary.
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double channel) {
            return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF()))
               + 0.0722 * linear(double(colour.blueF()));
    };
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QPalette paletteOf(const ThemeColours &colours)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, colours.raised);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.mutedText);
    palette.setColor(QPalette::Button, colours.raised);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, colours.danger);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.onAccent);
    palette.setColor(QPalette::ToolTipBase, colours.raised);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::LinkVisited, colours.accent);
    palette.setColor(QPalette::Light, colours.surface);
    palette.setColor(QPalette::Midlight, colours.raised);
    palette.setColor(QPalette::Mid, colours.border);
    palette.setColor(QPalette::Dark, colours.border);
    palette.setColor(QPalette::Shadow, colours.window.darker());
    QColor disabled = colours.mutedText;
    disabled.setAlpha(140);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.border);
    return palette;
}

struct Theme::State
{
    explicit State(QApplication &dressed) : application(dressed) { }

    QApplication &application;
    SystemScheme system;
    Preference preference = Preference::System;
    bool paletteIsDark = false; ///< of the palette that the system gave
    bool dark = false;
};

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent), m_state(std::make_unique<State>(application))
{
    const QPalette given = QApplication::palette();
    m_state->paletteIsDark = given.color(QPalette::Window).lightness() < given.color(QPalette::WindowText).lightness();
    connect(&m_state->system, &SystemScheme::changed, this, &Theme::apply);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
}

Theme::~Theme() = default;

void Theme::setPreference(Preference preference)
{
    m_state->preference = preference;
    apply();
}

Theme::Preference Theme::preference() const
{
    return m_state->preference;
}

bool Theme::isDark() const
{
    return m_state->dark;
}

const ThemeColours &Theme::colours() const
{
    return m_state->dark ? darkColours() : lightColours();
}

QString Theme::toText(Preference preference)
{
    switch (preference) {
    case Preference::Light:
        return QStringLiteral("light");
    case Preference::Dark:
        return QStringLiteral("dark");
    case Preference::System:
        break;
    }
    return {};
}

Theme::Preference Theme::fromText(const QString &text)
{
    if (text == QLatin1String("light"))
        return Preference::Light;
    return text == QLatin1String("dark") ? Preference::Dark : Preference::System;
}

void Theme::apply()
{
    switch (m_state->preference) {
    case Preference::Light:
        m_state->dark = false;
        break;
    case Preference::Dark:
        m_state->dark = true;
        break;
    case Preference::System:
        m_state->dark = m_state->system.prefersDark().value_or(m_state->paletteIsDark);
        break;
    }
    QPixmapCache::clear(); // icons are drawn in the palette's colours
    QApplication::setPalette(paletteOf(colours()));
    m_state->application.setStyleSheet(styleSheetOf(colours()));
    emit changed();
}

} // namespace doorveil::ui
