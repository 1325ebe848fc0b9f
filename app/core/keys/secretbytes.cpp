// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/secretbytes.h"

#include "keys/sodium_p.h"

#include <QtGlobal>

#include <cstring>
#include <new>

namespace doorveil::keys {

void ensureSodium()
{
    // Thread-safe and cheap when called again; fails only where the system gives no random numbers.
    if (sodium_init() < 0)
        qFatal("the system gives no random numbers: no key can be made or used safely");
}

void SecretBytes::Wipe::operator()(unsigned char *memory) const
{
    sodium_free(memory);
}

SecretBytes::SecretBytes(std::size_t size) : m_size(size)
{
    ensureSodium();
    m_memory.reset(static_cast<unsigned char *>(sodium_malloc(size)));
    if (!m_memory)
        throw std::bad_alloc();
}

SecretBytes SecretBytes::take(QByteArray &source)
{
    SecretBytes bytes(std::size_t(source.size()));
    std::memcpy(bytes.data(), source.constData(), bytes.size());
    sodium_memzero(source.data(), std::size_t(source.size()));
    source.clear();
    return bytes;
}

} // namespace doorveil::keys
