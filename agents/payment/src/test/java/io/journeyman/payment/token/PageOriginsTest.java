package io.journeyman.payment.token;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageOriginsTest {
    @Test
    void takesOneOriginTwice() {
        assertThatCode(() -> new PageOrigins(" http://localhost:5080 ,https://shop.example,http://localhost:5080"))
                .doesNotThrowAnyException();
    }

    @Test
    void namesEveryMistake() {
        assertThatThrownBy(() -> new PageOrigins("http://localhost:5080,https://shop.example/,*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JOURNEYMAN_PAGE_ORIGINS")
                .hasMessageContaining("[*, https://shop.example/]");
    }
}
