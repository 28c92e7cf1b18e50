/**
 * The main job once, on samples: a home whose sources are served on loopback, in the real formats, with dates that count
 * from now. The second round brings an amendment and a moved date. Nothing leaves the machine.
 */
@NullMarked
package coop.vigie.demo;

import org.jspecify.annotations.NullMarked;
