/**
 * What {@code signalbox doctor} looks at: this machine, as it is and not as the appliance remembers it. One class a check;
 * {@link Doctor} lists them. It needs no running appliance, since it is asked when there is none.
 */
@NullMarked
package dev.signalbox.doctor;

import org.jspecify.annotations.NullMarked;
