package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostalCodeTest {
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            IN, 560 038,    560038
            IN, 056003,     none
            IN, ५६००३८,     none
            DE, 10969,      10969
            DE, 109690,     none
            GB, ec1a1bb,    EC1A 1BB
            GB, M1 1AE,     M1 1AE
            GB, 1 1AE,      none
            IE, d6w xy00,   D6W XY00
            IE, d6w xy0,    none
            IE, d06xy00,    D06 XY00
            LT, lt01100,    LT-01100
            LT, 01100,      01100
            BR, 01310100,   01310-100
            US, 021081234,  02108-1234
            TW, 100,        100""")
    void isWrittenAsItsCountryDoes(String country, String typed, String written) {
        assertThat(PostalCode.of(country).written(typed).orElse(null)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            DE | Lindenstr. 4, 10969 Berlin             | 10969
            DE | order 1096912, 4 of them               | none
            IN | Bengaluru 560 038                      | 560 038
            IN | between 500-900                        | none
            NL | Oude Delft 1, 2611 gs Delft            | 2611 gs
            GB | 10 Downing Street, London SW1A 2AA, UK | SW1A 2AA
            US | 1 Beacon St, Boston, MA 02108-1234     | 02108-1234""")
    void isFoundInWhatPeopleType(String country, String text, String found) {
        assertThat(PostalCode.of(country)
                        .finder()
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElse(null))
                .isEqualTo(found);
    }

    @Test
    void hasAnExampleThatIsOneInEveryCountry() {
        assertThat(PostalCode.COUNTRIES).hasSizeGreaterThan(50).allSatisfy(country -> {
            var code = PostalCode.of(country);
            assertThat(code.written(code.example())).contains(code.example());
            assertThat(code.finder()
                            .matcher("Street 4, " + code.example() + " Town")
                            .find())
                    .isTrue();
            assertThat(new ShopPlace(country, ShopPlace.INDIA.zone()).name()).isNotEqualTo(country);
        });
        assertThat(PostalCode.of("DE").asked()).isEqualTo("postal code (like 12345)");
        assertThat(PostalCode.of("IN").asked()).isEqualTo("six-digit pincode");
    }

    @Test
    void isNotKnownEverywhere() {
        assertThatThrownBy(() -> PostalCode.of("XX")).hasMessageContaining("XX");
    }
}
