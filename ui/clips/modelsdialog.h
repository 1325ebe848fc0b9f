// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/models.h"
#include "theme/theme.h"

#include <QDialog>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QTextBrowser;

namespace doorveil::ui {

/// Which detectors there are on this computer, and how to get the better ones without this program going on line.
class ModelsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ModelsDialog(const Theme &theme, QWidget *parent = nullptr);

    void show(const std::vector<pipeline::ModelStatus> &models);

signals:
    void checkWanted();

private:
    const Theme &m_theme;
    QLabel *m_state;
    QTextBrowser *m_list;
};

} // namespace doorveil::ui
