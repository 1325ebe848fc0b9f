// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace doorveil::base {

/// What a caller may branch on. The command line maps each kind to an exit code (docs/formats.md).
enum class ErrorKind {
    Failure, ///< anything not named below: disk full, encoder, worker (exit 1)
    Usage, ///< wrong arguments, or an output that exists, is an input or is not writable (exit 2)
    InputNotOpenable, ///< the input cannot be opened or no frame of it decodes (exit 3)
    CheckFailed, ///< a check of a finished file or package failed (exit 4)
    ReviewMissing, ///< somebody has to look first (exit 5)
    Cancelled, ///< the person stopped it (exit 130)
};

/// An error as a person reads it: what happened, to which file, why, and the way out.
struct Error
{
    ErrorKind kind = ErrorKind::Failure;
    QString message; ///< one or two sentences; names the file where there is one
    QString failureClass = {}; ///< machine-readable class such as "bad-signature"; empty where nobody branches on it

    /// The same error with a sentence put before it, for callers that know more of the context.
    [[nodiscard]] Error prefixed(const QString &context) const
    {
        return {kind, context + QStringLiteral(": ") + message, failureClass};
    }

    bool operator==(const Error &) const = default;
};

/// A value or an Error. Ignoring one is a compiler warning (an error in the CI presets).
/// std::expected is C++23; this is the part of it the project needs. The constructors are implicit on purpose: a
/// function returns its value or its error as it is.
template<typename T> class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { }

    [[nodiscard]] bool hasValue() const { return m_state.index() == 0; }
    [[nodiscard]] explicit operator bool() const { return hasValue(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }

    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(*this).value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }
    [[nodiscard]] T *operator->() { return &value(); }

private:
    std::variant<T, Error> m_state;
};

template<> class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_failed(true) { }

    [[nodiscard]] bool hasValue() const { return !m_failed; }
    [[nodiscard]] explicit operator bool() const { return hasValue(); }
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace doorveil::base
