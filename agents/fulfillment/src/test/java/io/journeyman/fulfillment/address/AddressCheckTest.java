package io.journeyman.fulfillment.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.kit.ProblemException;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressCheckTest {
    @ParameterizedTest
    @CsvSource({
        "Bengaluru, 400050, Maharashtra, Karnataka",
        "bombay, 560001, Karnataka, Maharashtra",
        "'Jaipur, Rajasthan', 110017, Delhi, Rajasthan",
        "Karnataka, 600017, Tamil Nadu, Karnataka",
        "Panaji, 400050, Maharashtra, Goa",
        "Shillong, 781001, Assam, Meghalaya",
        "Jammu, 194101, Ladakh, Jammu and Kashmir",
    })
    void refusesAPincodeOfAnotherState(String city, String pincode, String lies, String cityLies) {
        assertThatThrownBy(() -> check(city, pincode)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("address_invalid");
            assertThat(e.problem().detail())
                    .isEqualTo("The pincode lies in " + lies + ", and the city in " + cityLies + ".");
            assertThat(e.problem().suggestions()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Bengaluru, 560038",
        "Bangalore (East), 560038",
        "New Delhi, 110017",
        "Goa, 403001",
        "Mohali, 140301",
        "Chandigarh, 160017",
        "Chandigarh, 140603",
        "Puducherry, 605001",
        "Dehradun, 248001",
        "Ranchi, 834001",
        "Dhanbad, 826001",
        "Gaya, 823001",
        "Kolkata, 700016",
        "Secunderabad, 500003",
        "Little Rann, 370165",
        "Somewhere, 560038",
    })
    void believesWhatFitsAndWhatItDoesNotKnow(String city, String pincode) {
        assertThat(check(city, pincode).pincode()).isEqualTo(pincode);
    }

    @ParameterizedTest
    @CsvSource({
        "DE, Berlin, 10969, 10969",
        "DE, Berlin, ' 10 969', 10969",
        "GB, London, sw1a1aa, SW1A 1AA",
        "NL, Delft, 2611 gs, 2611 GS",
        "JP, Tokyo, 1530042, 153-0042",
        "US, Boston, 02108-1234, 02108-1234",
        // Bengaluru and Kolkata lie in different states of India only
        "DE, Kolkata, 56003, 56003",
    })
    void readsAPostalCodeAsTheShopsCountryWritesIt(String country, String city, String typed, String written) {
        var address = new Address("Erika Muster", "Lindenstr. 4", city, typed);

        assertThat(AddressCheck.checked(address, in(country)).pincode()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"DE, 109690", "DE, 1096", "DE, D10969", "GB, 10969", "JP, 153004", "AT, 0010", "CA, D1A 1A1A"})
    void refusesAPostalCodeOfAnotherForm(String country, String typed) {
        var place = in(country);

        assertThatThrownBy(
                        () -> AddressCheck.checked(new Address("Erika Muster", "Lindenstr. 4", "Berlin", typed), place))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("address_invalid");
                    assertThat(e.problem().detail())
                            .contains("Postal codes in " + place.name() + " are written like "
                                    + place.postalCode().example())
                            .doesNotContain(typed);
                });
    }

    private static ShopPlace in(String country) {
        return new ShopPlace(country, ZoneId.of("UTC"));
    }

    private static Address check(String city, String pincode) {
        return AddressCheck.checked(new Address("Asha Rao", "12 MG Road", city, pincode));
    }
}
