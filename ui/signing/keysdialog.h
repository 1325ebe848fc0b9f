// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobthread.h"
#include "signing/keyjobs.h"

#include <QDialog>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace doorveil::ui {

class NoticeBar;

/// The owner's signing key: its fingerprint, large, its public part as a file, a backup of key and ledger and the way
/// back, and a new key.
class KeysDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(QWidget *parent = nullptr);
    ~KeysDialog() override;

    /// What the file dialogues lead to; for tests, too.
    void savePublicTo(const QString &file);
    void backUpTo(const QString &file);
    void restoreFrom(const QString &file);

signals:
    /// A key was made, or keys and entries were restored.
    void changed();

private:
    void addKey(QVBoxLayout &page);
    void addBackup(QVBoxLayout &page);
    void addChange(QVBoxLayout &page);
    void read();
    void showState(const KeyState &state);
    void askForKey();
    void tell(const base::Result<QString> &done);
    void setBusy(bool busy);

    KeyState m_state;
    QLabel *m_spoken;
    QLabel *m_fingerprint;
    QLabel *m_about;
    QLabel *m_former;
    QPushButton *m_copy;
    QPushButton *m_savePublic;
    QPushButton *m_backUp;
    QPushButton *m_restore;
    QPushButton *m_change;
    NoticeBar *m_done;
    NoticeBar *m_failed;
    std::unique_ptr<JobThread> m_thread;
};

} // namespace doorveil::ui
