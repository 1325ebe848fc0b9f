// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/showdialog.h"

#include "review/subjects.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <vector>

namespace doorveil::ui {

namespace {

std::vector<base::ShowReason> reasonsFor(base::TrackKind kind)
{
    using base::ShowReason;
    if (kind == base::TrackKind::Plate)
        return {ShowReason::OwnVehicle,     ShowReason::Household,       ShowReason::Consented,
                ShowReason::RequestSubject, ShowReason::NotIdentifiable, ShowReason::OwnerDecision};
    return {ShowReason::Owner,          ShowReason::Household,       ShowReason::Consented,
            ShowReason::RequestSubject, ShowReason::NotIdentifiable, ShowReason::OwnerDecision};
}

constexpr base::ConsentStatus consents[] = {base::ConsentStatus::Self,     base::ConsentStatus::Given,
                                            base::ConsentStatus::Guardian, base::ConsentStatus::NotAsked,
                                            base::ConsentStatus::Refused,  base::ConsentStatus::Unknown};

} // namespace

ShowDialog::ShowDialog(const About &about, QWidget *parent)
    : QDialog(parent),
      m_reasons(new QButtonGroup(this)),
      m_consent(new QComboBox(this)),
      m_note(new QLabel(this)),
      m_accept(nullptr)
{
    setObjectName(QStringLiteral("showDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Show %1").arg(about.name));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);

    auto *top = new QHBoxLayout;
    top->setSpacing(14);
    if (!about.picture.isNull()) {
        auto *picture = new QLabel(this);
        picture->setPixmap(about.picture);
        top->addWidget(picture);
    }
    auto *words = new QVBoxLayout;
    auto *title =
        new QLabel(about.coverOthers ? tr("Show only %1?").arg(about.name) : tr("Show %1?").arg(about.name), this);
    title->setProperty("look", QStringLiteral("heading"));
    const bool isThing = about.kind == base::TrackKind::Plate || about.kind == base::TrackKind::Region;
    auto *text = new QLabel(
        about.coverOthers
            ? tr("Everyone else is covered. %1 will be visible in the copy, %2.").arg(about.name, about.times)
            : (isThing ? tr("It will be readable in the copy, %1.") : tr("They will be visible in the copy, %1."))
                  .arg(about.times),
        this);
    text->setWordWrap(true);
    text->setProperty("look", QStringLiteral("muted"));
    words->addWidget(title);
    words->addWidget(text);
    words->addStretch();
    top->addLayout(words, 1);
    layout->addLayout(top);

    auto *why = new QLabel(isThing ? tr("Why may it be seen?") : tr("Why may they be seen?"), this);
    layout->addSpacing(6);
    layout->addWidget(why);
    for (const base::ShowReason reason : reasonsFor(about.kind)) {
        auto *button = new QRadioButton(reasonText(reason), this);
        button->setObjectName(QStringLiteral("reason-") + base::toText(reason));
        m_reasons->addButton(button, int(reason));
        layout->addWidget(button);
    }
    layout->addSpacing(6);
    auto *asked =
        new QLabel(isThing ? tr("What did its owner say about it?") : tr("What did they say about it?"), this);
    layout->addWidget(asked);
    m_consent->setObjectName(QStringLiteral("consentBox"));
    m_consent->setPlaceholderText(tr("Choose an answer"));
    m_consent->setAccessibleName(asked->text());
    for (const base::ConsentStatus status : consents)
        m_consent->addItem(consentText(status), int(status));
    m_consent->setCurrentIndex(-1);
    layout->addWidget(m_consent);
    m_note->setObjectName(QStringLiteral("showNote"));
    m_note->setWordWrap(true);
    m_note->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(m_note);
    layout->addStretch();

    auto *buttons = new QDialogButtonBox(this);
    m_accept = new QPushButton(about.coverOthers ? tr("Show only %1").arg(about.name) : tr("Show"), buttons);
    m_accept->setObjectName(QStringLiteral("showAccept"));
    m_accept->setProperty("look", QStringLiteral("primary")); // before the box asks how large it is, and polishes it
    buttons->addButton(m_accept, QDialogButtonBox::AcceptRole);
    QPushButton *keep = buttons->addButton(tr("Keep covered"), QDialogButtonBox::RejectRole);
    keep->setObjectName(QStringLiteral("showCancel"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_reasons, &QButtonGroup::idClicked, this, [this](int id) {
        suggestConsent(base::ShowReason(id));
        updateState();
    });
    connect(m_consent, &QComboBox::currentIndexChanged, this, &ShowDialog::updateState);
    if (about.proposed) {
        if (QAbstractButton *reason = m_reasons->button(int(about.proposed->reason)))
            reason->setChecked(true);
        m_consent->setCurrentIndex(m_consent->findData(int(about.proposed->consent)));
    }
    updateState();
}

void ShowDialog::suggestConsent(base::ShowReason reason)
{
    // Only where the reason is the answer; everything else the owner says.
    if (reason == base::ShowReason::Owner)
        m_consent->setCurrentIndex(m_consent->findData(int(base::ConsentStatus::Self)));
    else if (reason == base::ShowReason::Consented)
        m_consent->setCurrentIndex(m_consent->findData(int(base::ConsentStatus::Given)));
}

std::optional<base::Decision> ShowDialog::decision() const
{
    if (m_reasons->checkedId() < 0 || m_consent->currentIndex() < 0)
        return std::nullopt;
    return base::Decision{base::DecisionKind::Show, base::ShowReason(m_reasons->checkedId()),
                          base::ConsentStatus(m_consent->currentData().toInt())};
}

void ShowDialog::updateState()
{
    const std::optional<base::Decision> current = decision();
    m_accept->setEnabled(current.has_value());
    QString note;
    if (current && current->consent == base::ConsentStatus::Refused)
        note = tr("They said no. The record that goes with the copy will say that you show them all the same.");
    else if (current)
        note = tr("Your answers go into the record that goes with the copy.");
    m_note->setText(note);
}

} // namespace doorveil::ui
