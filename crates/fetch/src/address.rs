//! Which addresses are public: whoever gives us a link must not make us ask machines that only we can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Tells whether an address is one of the public internet, by the registries of special addresses (RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        // This network, private, loopback, link-local, private, private.
        (0 | 10 | 127, _, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Shared by the customers of a carrier; assignments of protocols; the old relay of IPv6; benchmarks.
        (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _) => true,
        // Documentation.
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => true,
        // Multicast, reserved, broadcast.
        (224..=255, _, _) => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        // An IPv4 address as a program writes it, or behind a translator.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => embedded(g, h),
        // 6to4 carries the address in front.
        (0x2002, high, low, _, _, _) => embedded(high, low),
        // Protocols and tunnels; documentation.
        (0x2001, 0..=0x1ff | 0xdb8, _, _, _, _) | (0x3fff, 0..=0xfff, _, _, _, _) => false,
        // Only one eighth is given out to the public internet.
        (0x2000..=0x3fff, _, _, _, _, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_everybody_can_reach_is_public() {
        let check = |list: &str, expected: bool| {
            for address in list.split_whitespace() {
                assert_eq!(is_public(address.parse().expect("an address")), expected, "{address}");
            }
        };
        check("8.8.8.8 1.1.1.1 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 192.167.1.1 223.255.255.255", true);
        check("2606:4700::1 2a00:1450::5 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1", true);
        check(
            "0.0.0.0 0.1.2.3 10.0.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1",
            false,
        );
        check(
            "100.64.0.1 100.127.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1",
            false,
        );
        check("255.255.255.255 192.88.99.1", false);
        check(
            ":: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 fe80::1 febf::1 fec0::1",
            false,
        );
        check(
            "fc00::1 fd12:3456::1 ff02::1 2001:db8::1 2001::1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::1 100::1",
            false,
        );
        check("2002:a00:1::1 3fff::1 4000::1", false);
    }
}
