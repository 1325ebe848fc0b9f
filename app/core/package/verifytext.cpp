// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/verifytext.h"

namespace doorveil::package {

namespace {

const QString text = QStringLiteral(R"(How to check this package
=========================

It was made with Doorveil, and it can be checked without Doorveil. Run the commands in the folder that holds
manifest-sha256.txt. Everything holds when each command says so.

1. The fingerprint of the key that signed this package:

       @FINGERPRINT@

   Compare it with what the one who shared tells you by voice, in person or on paper. The signature proves that one key
   made the whole package; only that comparison tells whose key it is.

2. Linux and macOS (a terminal)

       ssh-keygen -Y check-novalidate -n file -s manifest-sha256.txt.sig < manifest-sha256.txt
       ssh-keygen -Y check-novalidate -n file -s data/consent.jsonld.sig < data/consent.jsonld
       sha256sum -c manifest-sha256.txt            (macOS: shasum -a 256 -c manifest-sha256.txt)

   ssh-keygen says "Good "file" signature with ED25519 key" and the fingerprint of step 1. Every line of the
   last command ends in OK. With a list of signers instead of the comparison by eye:

       echo 'owner @PUBLICKEY@' > /tmp/allowed_signers
       ssh-keygen -Y verify -f /tmp/allowed_signers -I owner -n file -s manifest-sha256.txt.sig < manifest-sha256.txt

3. Windows (cmd.exe, not PowerShell, whose pipes change line ends; OpenSSH 8.1 or newer)

       ssh-keygen -Y check-novalidate -n file -s manifest-sha256.txt.sig < manifest-sha256.txt
       ssh-keygen -Y check-novalidate -n file -s data\consent.jsonld.sig < data\consent.jsonld
@CERTUTIL@
   Compare each hash with its line in manifest-sha256.txt.

4. Loose files: where only single files can be handed over (many portals), data/consent.jsonld and
   data/consent.jsonld.sig go with the clips. The signed record holds the SHA-256 of every clip, so that

       ssh-keygen -Y check-novalidate -n file -s consent.jsonld.sig < consent.jsonld

   and the clips' hashes are enough.

5. With Doorveil: doorveil-cli verify FOLDER

What is here: bagit.txt and the manifests make this a BagIt 1.0 bag (RFC 8493). data/ holds the clips, for each a report
of how it was covered and checked, the record (consent.jsonld), the same in plain words (statement.html, statement.txt)
and the processing log. A signature says that nothing was changed since it was made. It does not say that what is in the
picture is true.
)");

} // namespace

QByteArray verifyText(const QString &fingerprint, const QString &publicKey, const QStringList &clips)
{
    QString certutil;
    for (const QString &clip : clips)
        certutil += QStringLiteral("       certutil -hashfile data\\%1 SHA256\n").arg(clip);
    QString filled = text;
    filled.replace(QStringLiteral("@FINGERPRINT@"), fingerprint)
        .replace(QStringLiteral("@PUBLICKEY@"), publicKey)
        .replace(QStringLiteral("@CERTUTIL@\n"), certutil);
    return filled.toUtf8();
}

} // namespace doorveil::package
