// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QAbstractButton>
#include <QFrame>
#include <QString>

#include <vector>

class QHBoxLayout;

namespace doorveil::ui {

/// One place in the path header: its number (0: none), name and badge.
class PathStep final : public QAbstractButton
{
    Q_OBJECT

public:
    PathStep(const Theme &theme, int number, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &tip);
    void setBadge(const QString &badge);
    [[nodiscard]] const QString &badge() const { return m_badge; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    const Theme &m_theme;
    int m_number;
    QString m_badge;
};

/// The way from clips to a package, left to right, over the places: Clips › Review › Share, and the ledger apart.
class PathHeader final : public QFrame
{
    Q_OBJECT

public:
    explicit PathHeader(const Theme &theme, QWidget *parent = nullptr);

    /// Adds the next step of the path, or (apart) a place to its right. Gives its index.
    int addStep(const QString &objectName, bool apart);
    [[nodiscard]] PathStep *step(int index) const { return m_steps.at(std::size_t(index)); }
    void setCurrent(int index);
    /// Buttons at the right end.
    void addCornerWidget(QWidget *widget);

signals:
    void chosen(int index);

private:
    const Theme &m_theme;
    std::vector<PathStep *> m_steps;
    QHBoxLayout *m_path;
    QHBoxLayout *m_corner;
};

} // namespace doorveil::ui
