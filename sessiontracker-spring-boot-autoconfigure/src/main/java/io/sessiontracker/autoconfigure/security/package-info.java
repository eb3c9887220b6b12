/** Who may do what with sessions, by Spring Security. */
@NullMarked
package io.sessiontracker.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
