package io.journeyman.workflows;

import java.time.Instant;
import java.util.Optional;

/**
 * What staff may have a running journey do just now.
 *
 * @param retry whether it pauses before it tries something again
 * @param extendTo how late its deadline may become; empty while it waits for no customer
 */
public record StaffMay(boolean retry, Optional<Instant> extendTo) {}
