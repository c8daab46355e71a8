"""Negative absolute temperature, system by system.

Inside, the state variable is the coldness beta = 1/(kT) in 1/J: it is continuous where T jumps from
+inf to -inf. Temperatures are for display; ``coldness`` converts. Functions take scalars or arrays,
broadcast them, and give NumPy scalars or arrays. SI units stand at the end of each name; the quantum
well uses hartree atomic units and says so. Bad input raises a subclass of ``errors.PhysicsError``.

=====================  ===========================================================================
module                 holds
=====================  ===========================================================================
``coldness``           beta <-> T, the order from cold to hot
``two_level``          populations and thermodynamics of two levels
``entropy``            k ln C(N, n), exact and Stirling; states at E and states up to E
``microcanonical``     1/T = dS/dE by every route
``canonical``          any finite spectrum with degeneracies at any real beta
``unbounded``          oscillator, ideal gas, Einstein solid: beta > 0 only
``spins``              Zeeman levels of spin I, nuclear moments, sudden and slow field change
``relaxation``         spin-lattice relaxation through beta = 0
``exchange``           quanta that pass between two-level particles, drawn at random
``contact``            thermal contact of any two bodies, equilibrium and time course
``calorimetry``        mixing of the two spin species of LiF
``lines``              laser and maser transitions
``laser``              four-level laser: steady state, gain, saturation, dynamics
``three_level_laser``  ruby-type laser
``resonator``          mirrors around a medium: loss, threshold inversion, the laser they make
``maser``              three-level maser as a heat engine between two baths
``lattice``            the tight-binding band of an optical lattice
``bose``               Bose occupation at either sign of T; which signs of U and V are stable
``quantum_well``       one particle in the stepped box of arXiv:1305.2014
``well_particles``     N of them: levels, kinetic temperatures, entropy
``verification``       every law and number, evaluated a second way
``errors``             what is raised
=====================  ===========================================================================

Boltzmann's entropy (states *at* E) is meant wherever a name does not say otherwise. The volume
entropy (states *up to* E) is named ``volume``; it never gives a negative temperature.
"""
