// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/models.h"

#include <QDialog>

#include <vector>

namespace doorveil::ui {

/// Versions and licences of the program, of what it is built with, and of the detection models.
class AboutDialog final : public QDialog
{
    Q_OBJECT

public:
    AboutDialog(bool networkRefused, const std::vector<pipeline::ModelStatus> &models, QWidget *parent = nullptr);
};

} // namespace doorveil::ui
