"""Бланки анкет: blank questionnaires to print, a code on each sheet."""
