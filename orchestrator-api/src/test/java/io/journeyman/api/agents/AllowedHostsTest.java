package io.journeyman.api.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "localhost, ::1"})
    void admitAnAddressOfIpv6HoweverItIsWritten(String said) {
        var hosts = AllowedHosts.parse(said);

        assertThat(hosts.admit(URI.create("http://[::1]:5007"))).isTrue();
        assertThat(hosts.admit(URI.create("http://[::2]:5007"))).isFalse();
    }

    /** Which no agent would ever match. */
    @ParameterizedTest
    @ValueSource(strings = {"giftwrapping:5007", "http://giftwrapping", "[giftwrapping]", "gift wrapping"})
    void areNoAddressesNorPorts(String said) {
        assertThatThrownBy(() -> AllowedHosts.parse(said)).isInstanceOf(IllegalArgumentException.class);
    }
}
