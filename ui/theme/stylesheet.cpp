// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/stylesheet_p.h"

#include <utility>

namespace doorveil::ui {

namespace {

// @name stands for a colour of the theme.
constexpr char rules[] = R"(
QToolTip { color: @text; background: @raised; border: 1px solid @border; padding: 4px 6px; }

QPushButton { color: @text; background: @surface; border: 1px solid @border; border-radius: 6px;
    padding: 6px 14px; min-height: 20px; }
QPushButton:hover { background: @raised; border-color: @mutedText; }
QPushButton:pressed { background: @accentSoft; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: palette(placeholder-text); background: @raised; border-color: @border; }
QPushButton[look="primary"] { color: @onAccent; background: @accent; border-color: @accent; font-weight: 600; }
QPushButton[look="primary"]:hover { border-color: @text; }
QPushButton[look="primary"]:focus { border-color: @text; }
QPushButton[look="primary"]:disabled { color: @mutedText; background: @raised; border-color: @border; }
QPushButton[look="danger"] { color: @danger; border-color: @danger; }
QPushButton[look="danger"]:hover { background: @dangerSoft; }
QPushButton[look="danger"]:disabled { color: palette(placeholder-text); background: @raised; border-color: @border; }
QPushButton[look="link"] { color: @accent; background: transparent; border-color: transparent; padding: 4px 6px;
    text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid @accent; padding: 3px 5px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; } /* the style's own are drawn for light backgrounds */

QPushButton[look="compact"] { padding: 4px 6px; }
QPushButton[look="compact"]:focus { padding: 3px 5px; }

QToolButton[look="flat"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton[look="flat"]:hover { background: @raised; border-color: @border; }
QToolButton[look="flat"]:focus { border: 2px solid @accent; padding: 4px; }
QToolButton[look="flat"]:pressed, QToolButton[look="flat"]:checked { background: @accentSoft; }
QToolButton[look="flat"]::menu-indicator { image: none; width: 0; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator { width: 16px; height: 16px;
    border: 1px solid @mutedText; background: @surface; }
QCheckBox::indicator, QTableView::indicator { border-radius: 4px; }
QTableView::indicator { width: 13px; height: 13px; } /* the room that the style leaves before the text */
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QTableView::indicator:checked { background: @accent; border-color: @accent; }
QCheckBox::indicator:checked, QTableView::indicator:checked { image: url(:/doorveil/marks/@tick.svg); }
QRadioButton::indicator:checked { image: url(:/doorveil/marks/@dot.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid @accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @border; background: @raised; }
QLineEdit, QPlainTextEdit, QTextBrowser, QTextEdit { background: @surface; border: 1px solid @border;
    border-radius: 6px; padding: 4px 6px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QTextEdit:focus { border: 2px solid @accent; padding: 3px 5px; }

QLabel[look="title"] { font-size: 18pt; font-weight: 600; }
QLabel[look="heading"] { font-size: 12pt; font-weight: 600; }
QLabel[look="muted"] { color: @mutedText; }

QFrame[look="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[look="warning"] { background: @warningSoft; border: 1px solid @warning; border-radius: 8px; }
QFrame[look="warning"] QLabel { color: @warning; }
QFrame[look="danger"] { background: @dangerSoft; border: 1px solid @danger; border-radius: 8px; }
QFrame[look="danger"] QLabel { color: @danger; }
QFrame[look="success"] { background: @successSoft; border: 1px solid @success; border-radius: 8px; }
QFrame[look="success"] QLabel { color: @success; }
QFrame[look="bar"] { background: @surface; border: none; border-bottom: 1px solid @border; }
QFrame[look="statusbar"] { background: @surface; border: none; border-top: 1px solid @border; }

QTabWidget::pane { border: none; border-top: 1px solid @border; padding-top: 8px; }
QTabBar::tab { background: transparent; color: @mutedText; border: none; border-bottom: 3px solid transparent;
    padding: 7px 14px; font-weight: 600; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }

QMenuBar { background: @surface; border: none; padding: 0 4px; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: @accentSoft; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: palette(placeholder-text); }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }

QProgressBar { background: @raised; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QTableView, QListView, QTreeView { background: @surface; border: 1px solid @border; border-radius: 8px;
    gridline-color: @border; selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QTableView:focus, QListView:focus, QTreeView:focus { border-color: @accent; }
QTreeView::item { padding: 4px 2px; }
QListView[look="todo"]::item { padding: 6px 0; border-bottom: 1px solid @border; }
QListView[look="todo"]::item:hover { background: @accentSoft; }
QListView[look="todo"]::item:selected { background: @accentSoft; color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @raised; color: @mutedText; border: none; border-bottom: 1px solid @border;
    padding: 6px 8px; font-weight: 600; }
QHeaderView::section:first { border-top-left-radius: 8px; }
QHeaderView::section:last { border-top-right-radius: 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @mutedText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString styleSheetOf(const ThemeColours &colours)
{
    // Longer names first: @accentSoft before @accent.
    const std::pair<const char *, QColor> names[] = {
        {"@accentSoft", colours.accentSoft},
        {"@dangerSoft", colours.dangerSoft},
        {"@warningSoft", colours.warningSoft},
        {"@successSoft", colours.successSoft},
        {"@mutedText", colours.mutedText},
        {"@onAccent", colours.onAccent},
        {"@surface", colours.surface},
        {"@success", colours.success},
        {"@warning", colours.warning},
        {"@raised", colours.raised},
        {"@border", colours.border},
        {"@accent", colours.accent},
        {"@danger", colours.danger},
        {"@window", colours.window},
        {"@text", colours.text},
    };
    QString sheet = QString::fromLatin1(rules);
    // Marks lie on the accent colour: white ones on a dark accent, dark ones on a light accent.
    const QString variant = colours.onAccent.lightness() > 127 ? QStringLiteral("white") : QStringLiteral("dark");
    sheet.replace(QLatin1String("@tick"), QStringLiteral("tick-") + variant);
    sheet.replace(QLatin1String("@dot"), QStringLiteral("dot-") + variant);
    for (const auto &[name, colour] : names)
        sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

} // namespace doorveil::ui
