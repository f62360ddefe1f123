package io.journeyman.activities.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.ShopPlace;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as people type them, and what stands on the parcel. */
class AddressReaderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Meera Nair, 4 Park Street, Kolkata 700016                                          | Meera Nair | 4 Park Street                | Kolkata
            checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016                     | Meera Nair | 4 Park Street                | Kolkata
            checkout and send it to Meera Nair, 4 Park Street, Kolkata 700016                  | Meera Nair | 4 Park Street                | Kolkata
            Okay, checkout with my points, deliver to Meera Nair, 4 Park Street, Kolkata 700016 | Meera Nair | 4 Park Street               | Kolkata
            Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560038, 98450 12345            | Asha Rao   | 14 12th Main Road, Indiranagar | Bengaluru
            Name: Asha Rao, Street: 14 MG Road, City: Bengaluru, Pincode: 560038               | Asha Rao   | 14 MG Road                   | Bengaluru
            My name is Asha Rao, my address is 14 MG Road, Bengaluru pin code 560 038          | Asha Rao   | 14 MG Road                   | Bengaluru
            Asha Rao, 3 City Centre Mall, Mobile Colony, Pune 411001, phone 98450 12345        | Asha Rao   | 3 City Centre Mall, Mobile Colony | Pune
            yes, Asha Rao, 7 Address Towers, Pune, Maharashtra 411001                          | Asha Rao   | 7 Address Towers             | Pune
            """)
    void readsWhatIsTyped(String typed, String name, String street, String city) {
        var address = AddressReader.read(typed).address().orElseThrow();

        assertThat(address.path("name").asText()).isEqualTo(name);
        assertThat(address.path("line1").asText()).isEqualTo(street);
        assertThat(address.path("city").asText()).isEqualTo(city);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DE | Erika Muster, Lindenstr. 4, 10969 Berlin                              | Erika Muster | Lindenstr. 4         | Berlin | 10969
            DE | checkout, send it to Erika Muster, Lindenstr. 4, 10969 Berlin, 030 901820, Germany | Erika Muster | Lindenstr. 4 | Berlin | 10969
            DE | Erika Muster, Lindenstr. 4, PLZ: 10969, Berlin, +49 151 23456789       | Erika Muster | Lindenstr. 4         | Berlin | 10969
            GB | Ann Hill, 12 Mill Lane, Leeds ls1 4dy, 0113 496 0000                   | Ann Hill     | 12 Mill Lane         | Leeds  | LS1 4DY
            US | Bob Lee, 1 Beacon Street, Boston 02108, (617) 555-0123                 | Bob Lee      | 1 Beacon Street      | Boston | 02108""")
    void readsAddressesOfTheShopsCountry(
            String country, String text, String name, String line1, String city, String code) {
        var address = new AddressReader(new ShopPlace(country, ZoneId.of("UTC")))
                .reads(text)
                .address()
                .orElseThrow();

        assertThat(address.path("name").asText()).isEqualTo(name);
        assertThat(address.path("line1").asText()).isEqualTo(line1);
        assertThat(address.path("city").asText()).isEqualTo(city);
        assertThat(address.path("pincode").asText()).isEqualTo(code);
    }

    @Test
    void saysHowThePostalCodeOfTheShopsCountryIsWritten() {
        assertThat(new AddressReader(new ShopPlace("DE", ZoneId.of("Europe/Berlin")))
                        .reads("Erika Muster, Lindenstr. 4, Berlin 109690")
                        .missing())
                .contains("postal code (like 12345)");
    }
}
