package io.journeyman.activities.registry;

import io.journeyman.contracts.Contract;
import java.net.URI;
import java.time.Instant;

/**
 * An agent that staff added to the running shop.
 *
 * @param contract what it promised when it was registered; its answers are held to it
 * @param by who of the staff added it
 */
public record RegisteredAgent(String name, URI url, Contract contract, String by, Instant since) {}
