// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// The planted defect of tst_networksilence: connects to an address that answers nobody (RFC 5737). As a program it does
// so and ends; as a library it does when it is loaded or, with CONNECT_LATE set, when the program that loaded it ends.

namespace {

void connectOut()
{
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(443);
    address.sin_addr.s_addr = htonl(0xc0000201); // 192.0.2.1
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        ::close(descriptor);
}

#ifdef CONNECTING_LIBRARY
struct Connecting
{
    Connecting()
    {
        if (std::getenv("CONNECT_LATE") == nullptr)
            connectOut();
    }
    ~Connecting()
    {
        if (std::getenv("CONNECT_LATE") != nullptr)
            connectOut();
    }
} connecting;
#endif

} // namespace

#ifndef CONNECTING_LIBRARY
int main()
{
    connectOut();
    return 0;
}
#endif
