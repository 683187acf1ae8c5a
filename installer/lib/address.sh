# Under which names and addresses the appliance is reached. To be sourced after say.sh and layout.sh.
# shellcheck shell=bash

# own_address: the address this machine speaks from to the world; nothing is sent to find it out
own_address() {
    { ip -4 route get 192.0.2.1 2>/dev/null || ip -6 route get 2001:db8::1 2>/dev/null || true; } |
        sed -n 's/.* src \([0-9a-f.:]*\).*/\1/p' | head -n 1
}

is_private() { # addresses that the world does not reach, and those set apart for documents and tests
    [[ $1 =~ ^(10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2[0-9]|3[01])\.|^100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\. ]] ||
        [[ $1 =~ ^192\.0\.[02]\.|^198\.(18|19|51\.100|51)\.|^203\.0\.113\.|^(::1$|fe[89ab]|f[cd]|2001:db8:) ]]
}

# base_domain PUBLIC_ADDRESS: what the names of apps end in when nobody has said it
base_domain() {
    local address=$1
    if [ -z "$address" ]; then
        address=$(own_address)
        if [ -z "$address" ] || is_private "$address"; then
            printf 'localhost\n'
            return
        fi
    fi
    address=${address/#::/0::}
    address=${address/%::/::0}
    printf '%s.sslip.io\n' "${address//[.:]/-}"
}

check_address() {
    [[ $1 =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ || ( $1 =~ ^[0-9a-f:]+$ && $1 == *:*:* ) ]] ||
        fail "--public-address is '$1'. Give an IP address, such as 203.0.113.7."
}

check_domain() {
    [[ $1 =~ ^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ && ${#1} -le 200 ]] ||
        fail "--base-domain is '$1'. Give a domain in small letters, such as apps.example.com."
}
