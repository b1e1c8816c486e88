namespace Holdfast.Core.Detection;

/// <summary>What a count usually is at this hour of the week, and the band in which about 19 hours of 20 stay.</summary>
public readonly record struct ExpectedBand(double Usual, double Low, double High);
