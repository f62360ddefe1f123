package io.journeyman.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void knowsEachByItsSecretAndShowsNone() {
        var bridges = Bridges.parse("whatsapp:" + SECRET + ", email:another-" + SECRET);

        assertThat(bridges.channel("Bearer " + SECRET)).hasValue("whatsapp");
        assertThat(bridges.channel("bearer another-" + SECRET)).hasValue("email");
        assertThat(bridges.channel("Bearer " + SECRET + "0")).isEmpty();
        assertThat(bridges.channel(SECRET)).isEmpty();
        assertThat(bridges.channel(null)).isEmpty();
        assertThat(bridges).hasToString("Bridges[whatsapp, email]");
        assertThat(Bridges.parse(" ").channel("Bearer ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatsapp:too-short",
                "telegram:" + SECRET,
                "web:" + SECRET,
                SECRET,
                "whatsapp:" + SECRET + ",",
                "whatsapp:" + SECRET + ",whatsapp:another-" + SECRET,
                "whatsapp:" + SECRET + ",email:" + SECRET
            })
    void refusesWhatIsNoBridgeWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Bridges.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(SECRET);
    }
}
