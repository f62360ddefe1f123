package io.journeyman.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies NONE = TrustedProxies.parse(" ");
    private static final TrustedProxies OURS = TrustedProxies.parse("10.0.0.7, 172.16.0.0/12,fd00::/8");

    @Test
    void believesNobodyWhereNoProxyIsNamed() {
        assertThat(NONE.client("203.0.113.9", List.of("198.51.100.7"))).isEqualTo("203.0.113.9");
        assertThat(NONE.client("127.0.0.1", List.of("198.51.100.7"))).isEqualTo("127.0.0.1");
    }

    @Test
    void believesAProxyAndNobodyBehindIt() {
        assertThat(OURS.client("10.0.0.7", List.of("1.1.1.1, 198.51.100.7"))).isEqualTo("198.51.100.7");
        assertThat(OURS.client("10.0.0.8", List.of("198.51.100.7"))).isEqualTo("10.0.0.8");
        assertThat(OURS.client("10.0.0.7", List.of("1.1.1.1, 198.51.100.7", "172.31.255.1")))
                .as("through two of them, each with a line of its own")
                .isEqualTo("198.51.100.7");
        assertThat(OURS.client("172.32.0.1", List.of("198.51.100.7"))).isEqualTo("172.32.0.1");
    }

    @Test
    void takesTheLastThatItUnderstands() {
        assertThat(OURS.client("10.0.0.7", List.of())).isEqualTo("10.0.0.7");
        assertThat(OURS.client("10.0.0.7", List.of(""))).isEqualTo("10.0.0.7");
        assertThat(OURS.client("10.0.0.7", List.of("198.51.100.7, unknown"))).isEqualTo("10.0.0.7");
        assertThat(OURS.client("10.0.0.7", List.of("172.16.0.1"))).isEqualTo("172.16.0.1");
        assertThat(OURS.client("somewhere", List.of("198.51.100.7"))).isEqualTo("somewhere");
    }

    @Test
    void readsAddressesWithPortsAndSixthVersions() {
        assertThat(OURS.client("10.0.0.7", List.of("198.51.100.7:40312"))).isEqualTo("198.51.100.7");
        assertThat(OURS.client("::ffff:10.0.0.7", List.of("::ffff:198.51.100.7")))
                .isEqualTo("198.51.100.7");
        assertThat(OURS.client("[fd00::1]", List.of("[2001:db8:1:2::3]:443")))
                .as("whoever has one address there has all of its first half")
                .isEqualTo(NONE.client("2001:db8:1:2:ffff::9", List.of()))
                .isNotEqualTo(NONE.client("2001:db8:1:3::3", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/",
                "fd00::/129",
                "10.0.0.7,,10.0.0.8",
                "10.0.0.7 10.0.0.8"
            })
    void saysWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> TrustedProxies.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
